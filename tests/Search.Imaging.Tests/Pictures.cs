using SkiaSharp;

namespace Search.Imaging.Tests;

/// <summary>Small pictures drawn in memory.</summary>
internal static class Pictures
{
    public static DecodedImage Noise(int width, int height, int seed = 1)
    {
        var rgba = new byte[width * height * 4];
        new Random(seed).NextBytes(rgba);
        for (var i = 3; i < rgba.Length; i += 4)
            rgba[i] = 255;
        return DecodedImage.FromRgba(width, height, rgba);
    }

    public static DecodedImage Flat(int width, int height, byte r, byte g, byte b)
    {
        var rgba = new byte[width * height * 4];
        for (var i = 0; i < rgba.Length; i += 4)
            (rgba[i], rgba[i + 1], rgba[i + 2], rgba[i + 3]) = (r, g, b, 255);
        return DecodedImage.FromRgba(width, height, rgba);
    }

    /// <summary>An asymmetrical smooth picture: no flip or turn of it looks like it.</summary>
    public static DecodedImage Scene(int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(200, 160, 40) };
        canvas.DrawCircle(width * 0.35f, height * 0.3f, Math.Min(width, height) * 0.25f, paint);
        paint.Color = new SKColor(30, 60, 170);
        canvas.DrawRect(width * 0.6f, height * 0.55f, width * 0.3f, height * 0.15f, paint);
        paint.Color = new SKColor(160, 20, 60);
        canvas.DrawRect(width * 0.1f, height * 0.8f, width * 0.5f, height * 0.1f, paint);
        canvas.Flush();
        return DecodedImage.FromRgba(width, height, bitmap.GetPixelSpan());
    }

    public static byte[] Encode(DecodedImage image, SKEncodedImageFormat format, int quality = 95)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        image.Pixels.CopyTo(bitmap.GetPixelSpan());
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>Mean absolute difference over R, G and B, 0 to 255.</summary>
    public static double Difference(DecodedImage a, DecodedImage b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        double sum = 0;
        for (var i = 0; i < a.Pixels.Length; i++)
            sum += Math.Abs(a.Pixels[i] - b.Pixels[i]);
        return sum / (a.Width * a.Height * 3);
    }
}
