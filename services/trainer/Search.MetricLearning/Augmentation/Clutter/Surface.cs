using System.Numerics;

namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>The colour of a drawn background at a place of the frame: both coordinates 0 to 1, channels 0 to 1 in sRGB, clamped when painted.</summary>
internal delegate Vector3 Surface(float x, float y);

/// <summary>Paints surfaces into pictures.</summary>
internal static class SurfacePainter
{
    /// <param name="surface">What to paint.</param>
    /// <param name="picture">Receives <paramref name="side"/> squared, 3 bytes a pixel.</param>
    /// <param name="side">Pixels.</param>
    public static void Paint(Surface surface, Span<byte> picture, int side)
    {
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
            {
                var colour = Vector3.Clamp(surface((column + 0.5f) / side, (row + 0.5f) / side), Vector3.Zero, Vector3.One) * 255;
                var at = 3 * (row * side + column);
                (picture[at], picture[at + 1], picture[at + 2]) = ((byte)(colour.X + 0.5f), (byte)(colour.Y + 0.5f), (byte)(colour.Z + 0.5f));
            }
    }
}
