using Search.Imaging;

namespace Search.Indexing.Tests.Playing;

/// <summary>Small real pictures, different for each seed.</summary>
internal static class Pictures
{
    internal static byte[] Jpeg(int seed, int width = 48, int height = 32)
    {
        var random = new Random(seed);
        var (r, g, b) = ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
        var rgba = new byte[width * height * 4];
        for (var i = 0; i < rgba.Length; i += 4)
            (rgba[i], rgba[i + 1], rgba[i + 2], rgba[i + 3]) = ((byte)(r + (i / 4 % width)), (byte)(g + (i / 16 / width)), b, 255);
        // The seed in the pixels: no two seeds give the same bytes.
        for (var bit = 0; bit < 31; bit++)
            rgba.AsSpan(bit * 4, 3).Fill((seed & (1 << bit)) != 0 ? (byte)255 : (byte)0);
        using var image = DecodedImage.FromRgba(width, height, rgba);
        return Thumbnail.Jpeg(image, Math.Max(width, height), quality: 95);
    }
}
