using Search.Imaging;

namespace Search.Trainer.Evaluation;

/// <summary>Pictures of 3 bytes a pixel, as models take them, for what wants 4.</summary>
internal static class RgbPicture
{
    public static DecodedImage Decoded(ReadOnlySpan<byte> rgb, int width, int height)
    {
        var rgba = new byte[4 * width * height];
        for (var i = 0; i < width * height; i++)
        {
            rgb.Slice(3 * i, 3).CopyTo(rgba.AsSpan(4 * i));
            rgba[4 * i + 3] = 255;
        }
        return DecodedImage.FromRgba(width, height, rgba);
    }
}
