using SkiaSharp;

namespace Search.Imaging;

/// <summary>Small pictures for result pages.</summary>
public static class Thumbnail
{
    /// <summary>A JPEG whose longer side is at most <paramref name="maxSide"/>; a smaller picture keeps its size.</summary>
    /// <param name="image">Decode it with a shrink target of at least <paramref name="maxSide"/>.</param>
    /// <param name="maxSide">Pixels, 1 to 4,096.</param>
    /// <param name="quality">JPEG quality, 1 to 100.</param>
    public static byte[] Jpeg(DecodedImage image, int maxSide, int quality = 82)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxSide, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        var scale = Math.Min(1, (double)maxSide / Math.Max(image.Width, image.Height));
        if (scale == 1)
            return Encode(image.Address, image.Width, image.Height, quality);
        var width = Math.Max(1, (int)Math.Floor((image.Width * scale) + 0.5));
        var height = Math.Max(1, (int)Math.Floor((image.Height * scale) + 0.5));
        using var pixels = new PixelBuffer(width * height * 4);
        var all = new SourceBox(0, 0, image.Width, image.Height);
        Resampler.Resize(
            image.Pixels, image.Width, image.Height, all, ResamplingFilter.CatmullRom, pixels.Span, width, height, width * 4, targetChannels: 4);
        return Encode(pixels.Address, width, height, quality);
    }

    private static byte[] Encode(nint pixels, int width, int height, int quality)
    {
        using var map = new SKPixmap(new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), pixels);
        using var data = map.Encode(new SKJpegEncoderOptions(quality))
            ?? throw new InvalidOperationException($"the JPEG encoder failed on {width} × {height} pixels");
        return data.ToArray();
    }
}
