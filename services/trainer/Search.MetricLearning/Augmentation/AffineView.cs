namespace Search.MetricLearning.Augmentation;

/// <summary>source.x = A x + B y + C, source.y = D x + E y + F, with both origins at the pictures' centres.</summary>
internal readonly record struct AffineMap(double A, double B, double C, double D, double E, double F);

/// <summary>Samples a picture under an affine map, bilinearly; outside the picture is white, as in the letterboxed originals.</summary>
internal static class AffineView
{
    public static void Write(ReadOnlySpan<byte> source, int sourceSide, Span<byte> view, int viewSide, AffineMap map)
    {
        var (viewCentre, sourceCentre) = ((viewSide - 1) / 2.0, (sourceSide - 1) / 2.0);
        for (var row = 0; row < viewSide; row++)
            for (var column = 0; column < viewSide; column++)
            {
                double x = column - viewCentre, y = row - viewCentre;
                Sample(
                    source, sourceSide,
                    (float)(map.A * x + map.B * y + map.C + sourceCentre),
                    (float)(map.D * x + map.E * y + map.F + sourceCentre),
                    view.Slice(3 * (row * viewSide + column), 3));
            }
    }

    private static void Sample(ReadOnlySpan<byte> source, int side, float x, float y, Span<byte> pixel)
    {
        float left = MathF.Floor(x), top = MathF.Floor(y);
        if (!(left >= 0 && top >= 0 && left < side - 1 && top < side - 1))
        {
            Outside(source, side, x, y, pixel);
            return;
        }
        float fx = x - left, fy = y - top;
        var at = 3 * ((int)top * side + (int)left);
        var below = at + 3 * side;
        for (var c = 0; c < 3; c++)
        {
            var upper = source[at + c] + fx * (source[at + 3 + c] - source[at + c]);
            var lower = source[below + c] + fx * (source[below + 3 + c] - source[below + c]);
            pixel[c] = (byte)(upper + fy * (lower - upper) + 0.5f);
        }
    }

    /// <summary>The last row and column have no neighbour to mix with; beyond them it is white.</summary>
    private static void Outside(ReadOnlySpan<byte> source, int side, float x, float y, Span<byte> pixel)
    {
        int column = (int)MathF.Round(x), row = (int)MathF.Round(y);
        if ((uint)column < (uint)side && (uint)row < (uint)side)
            source.Slice(3 * (row * side + column), 3).CopyTo(pixel);
        else
            pixel.Fill(255);
    }
}
