using System.Runtime.InteropServices;

namespace Search.MetricLearning.Augmentation;

/// <summary>What is done to the rows of a picture of 3 bytes a pixel.</summary>
internal static class PixelRows
{
    /// <summary>Left becomes right, in place.</summary>
    public static void Mirror(Span<byte> picture, int side)
    {
        var pixels = MemoryMarshal.Cast<byte, Rgb>(picture);
        for (var row = 0; row < side; row++)
            pixels.Slice(row * side, side).Reverse();
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly record struct Rgb(byte R, byte G, byte B);
}
