using System.Runtime.InteropServices;

namespace Search.Imaging;

/// <summary>
/// The eight EXIF orientations (CIPA DC-008, tag 0x0112) as index arithmetic: where the upright picture's pixel (0, 0)
/// lies in the stored one and how far one step right and one step down go there.
/// </summary>
internal static class Orientation
{
    /// <summary>Stored rows touched by a tile stay in the first-level cache while columns become rows.</summary>
    private const int Tile = 32;

    public static bool SwapsSides(int orientation) => orientation >= 5;

    /// <summary>Writes the upright picture; both spans have the same length, 4 bytes a pixel.</summary>
    public static void Apply(int orientation, ReadOnlySpan<byte> stored, int storedWidth, int storedHeight, Span<byte> upright)
    {
        var from = MemoryMarshal.Cast<byte, uint>(stored);
        var to = MemoryMarshal.Cast<byte, uint>(upright);
        int w = storedWidth, h = storedHeight, last = (w * h) - 1;
        var (origin, right, down) = orientation switch
        {
            1 => (0, 1, w),
            2 => (w - 1, -1, w),
            3 => (last, -1, -w),
            4 => (last - w + 1, 1, -w),
            5 => (0, w, 1),
            6 => (last - w + 1, -w, 1),
            7 => (last, -w, -1),
            8 => (w - 1, w, -1),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "must be 1 to 8"),
        };
        var (width, height) = SwapsSides(orientation) ? (h, w) : (w, h);
        for (var tileY = 0; tileY < height; tileY += Tile)
        {
            for (var tileX = 0; tileX < width; tileX += Tile)
            {
                var endX = Math.Min(tileX + Tile, width);
                for (int y = tileY, endY = Math.Min(tileY + Tile, height); y < endY; y++)
                {
                    var source = origin + (y * down) + (tileX * right);
                    for (var x = tileX; x < endX; x++, source += right)
                        to[(y * width) + x] = from[source];
                }
            }
        }
    }
}
