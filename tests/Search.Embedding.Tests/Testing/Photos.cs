using Search.Testing.Images;

namespace Search.Embedding.Tests;

internal static class Photos
{
    /// <summary>An ordinary JPEG; every number gives other content.</summary>
    internal static byte[] Jpeg(int number)
    {
        var scene = RgbPicture.Scene(96, 64);
        // A patch of its own colour makes another picture, not only other bytes.
        for (var y = 8; y < 24; y++)
        {
            for (var x = 8; x < 32; x++)
            {
                var at = ((y * 96) + x) * 3;
                (scene.Rgb[at], scene.Rgb[at + 1], scene.Rgb[at + 2]) = ((byte)(number * 37), (byte)(number * 101), (byte)(number * 7 >> 3));
            }
        }
        return JpegFile.Rgb(scene);
    }
}
