using System.Runtime.InteropServices;

namespace Search.Imaging;

/// <summary>Puts a transparent picture on white, the background of nearly every catalogue.</summary>
internal static class WhiteBackground
{
    /// <summary>In place: premultiplied RGBA to opaque RGBA. Over white, c·α + 255·(1 - α) is one addition a channel.</summary>
    public static void Composite(Span<byte> premultiplied)
    {
        foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(premultiplied))
        {
            // Each channel is at most α, so adding 255 - α never carries into its neighbour. Alpha becomes 255 the same way.
            pixel += (255 - (pixel >> 24)) * 0x01010101u;
        }
    }
}
