namespace Search.MetricLearning.Augmentation;

/// <summary>
/// A piece without its background: colours multiplied by coverage, and the coverage. Where the photo is no studio shot (worn, in a box, on a
/// hand) nothing can be cut out safely: the whole photo is then the piece.
/// </summary>
/// <param name="Side">Pixels.</param>
/// <param name="Pixels">Side squared, 4 bytes a pixel: R, G and B, already multiplied by the coverage, and the coverage, 255 inside.</param>
/// <param name="Box">The smallest box around everything covered.</param>
/// <param name="IsCutOut">Whether there was a studio background.</param>
internal sealed record PieceCutout(int Side, byte[] Pixels, PixelBox Box, bool IsCutOut)
{
    public static PieceCutout Of(ReadOnlySpan<byte> picture, int side)
    {
        var frame = ContentBox(picture, side);
        var coverage = StudioMask.Find(picture, side, frame) is { } mask ? mask.Coverage : null;
        var isCutOut = coverage is not null;
        var background = isCutOut ? StudioMask.BackgroundOf(picture, side, frame) : default;
        coverage ??= Inside(frame, side);
        ReadOnlySpan<byte> behind = [background.R, background.G, background.B];
        var pixels = new byte[4 * side * side];
        for (var i = 0; i < coverage.Length; i++)
        {
            // What shows at a soft edge is a mixture; its share of white stays behind, or every piece would have a bright rim.
            for (var c = 0; c < 3; c++)
                pixels[4 * i + c] = (byte)(Math.Clamp(picture[3 * i + c] - (1 - coverage[i]) * behind[c], 0, 255 * coverage[i]) + 0.5f);
            pixels[4 * i + 3] = (byte)(255 * coverage[i] + 0.5f);
        }
        return new PieceCutout(side, pixels, isCutOut ? CoveredBox(coverage, side) : frame, isCutOut);
    }

    /// <summary>0 to 1.</summary>
    public float CoverageAt(int pixel) => Pixels[4 * pixel + 3] / 255f;

    /// <summary>The picture without the plain bands that made it square.</summary>
    private static PixelBox ContentBox(ReadOnlySpan<byte> picture, int side)
    {
        int left = side, top = side, right = -1, bottom = -1;
        for (var i = 0; i < side * side; i++)
            if (picture[3 * i] < 254 || picture[3 * i + 1] < 254 || picture[3 * i + 2] < 254)
            {
                int x = i % side, y = i / side;
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
            }
        return right < 0 ? new PixelBox(0, 0, side - 1, side - 1) : new PixelBox(left, top, right, bottom);
    }

    private static PixelBox CoveredBox(float[] coverage, int side)
    {
        int left = side, top = side, right = -1, bottom = -1;
        for (var i = 0; i < coverage.Length; i++)
            if (coverage[i] > 0.5f)
            {
                int x = i % side, y = i / side;
                (left, right) = (Math.Min(left, x), Math.Max(right, x));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y));
            }
        return new PixelBox(left, top, right, bottom);
    }

    private static float[] Inside(PixelBox frame, int side)
    {
        var coverage = new float[side * side];
        for (var y = frame.Top; y <= frame.Bottom; y++)
            coverage.AsSpan(y * side + frame.Left, frame.Width).Fill(1);
        return coverage;
    }
}

/// <summary>A box of pixels, its ends included.</summary>
internal readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left + 1;

    public int Height => Bottom - Top + 1;
}
