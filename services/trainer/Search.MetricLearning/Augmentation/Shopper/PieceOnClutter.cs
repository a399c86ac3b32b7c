namespace Search.MetricLearning.Augmentation;

/// <summary>A soft shadow: where it falls, how soft it is (both in pixels) and how much light it takes away, 0 to 1.</summary>
internal readonly record struct Shadow(float X, float Y, float Softness, float Depth);

/// <summary>Composites a cutout over a picture.</summary>
internal static class PieceOnClutter
{
    public static void Lay(PieceCutout piece, Homography pose, Span<byte> view, int side, Shadow shadow)
    {
        var coverage = new float[side * side];
        var colour = new float[3 * side * side];
        for (var i = 0; i < coverage.Length; i++)
        {
            var place = pose.Map(i % side + 0.5, i / side + 0.5);
            Sample(piece, place.X - 0.5f, place.Y - 0.5f, colour.AsSpan(3 * i, 3), out coverage[i]);
        }
        var dark = (float[])coverage.Clone();
        GaussianBlur.Apply(dark, side, shadow.Softness);
        for (var i = 0; i < coverage.Length; i++)
        {
            int x = i % side - (int)shadow.X, y = i / side - (int)shadow.Y;
            var lit = (uint)x < (uint)side && (uint)y < (uint)side ? 1 - shadow.Depth * dark[y * side + x] : 1;
            for (var c = 0; c < 3; c++)
                view[3 * i + c] = (byte)Math.Clamp(colour[3 * i + c] + (1 - coverage[i]) * lit * view[3 * i + c] + 0.5f, 0, 255);
        }
    }

    /// <summary>Bilinear; nothing lies outside.</summary>
    private static void Sample(PieceCutout piece, float x, float y, Span<float> colour, out float coverage)
    {
        coverage = 0;
        // Written so that NaN, from a place on the pose's horizon, is outside.
        if (!(x > -1 && y > -1 && x < piece.Side && y < piece.Side))
            return;
        int left = (int)MathF.Floor(x), top = (int)MathF.Floor(y);
        float fx = x - left, fy = y - top;
        for (var dy = 0; dy < 2; dy++)
            for (var dx = 0; dx < 2; dx++)
            {
                if ((uint)(left + dx) >= (uint)piece.Side || (uint)(top + dy) >= (uint)piece.Side)
                    continue;
                var weight = (dx == 0 ? 1 - fx : fx) * (dy == 0 ? 1 - fy : fy);
                var at = (top + dy) * piece.Side + left + dx;
                coverage += weight * piece.CoverageAt(at);
                for (var c = 0; c < 3; c++)
                    colour[c] += weight * piece.Pixels[4 * at + c];
            }
    }
}
