using System.Runtime.InteropServices;
using SkiaSharp;

namespace Search.JewelryRenderer.Rendering;

/// <summary>A finished square picture: four bytes a pixel, red first, alpha 255.</summary>
internal sealed record Picture(int Size, byte[] Pixels)
{
    public SKBitmap ToBitmap()
    {
        var bitmap = new SKBitmap(new SKImageInfo(Size, Size, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Marshal.Copy(Pixels, 0, bitmap.GetPixels(), Pixels.Length);
        return bitmap;
    }

    /// <param name="quality">JPEG quality, 1 to 100.</param>
    public byte[] ToJpeg(int quality = 88)
    {
        using var bitmap = ToBitmap();
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }
}
