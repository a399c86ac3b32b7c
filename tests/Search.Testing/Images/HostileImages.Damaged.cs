namespace Search.Testing.Images;

public static partial class HostileImages
{
    /// <summary>Files cut at many places. A cut inside the picture is 400, one inside the few magic bytes leaves no type: 415.</summary>
    private static IEnumerable<HostileImage> Truncations()
    {
        foreach (var (name, bytes, type) in Ordinary)
        {
            var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
            // Shorter than its magic number, a file is of no type at all.
            var magic = extension switch { ".jpg" => 3, ".png" => 8, ".webp" => 12, ".gif" => 6, _ => 2 };
            foreach (var length in (int[])[1, 2, 4, 11, 16, 25, 40, 100])
                yield return new($"{stem}-first-{length}-bytes{extension}", bytes[..length], type, length < magic ? 415 : 400);
            foreach (var percent in (int[])[20, 40, 60, 80, 90])
                yield return new($"{stem}-first-{percent}-percent{extension}", bytes[..(bytes.Length * percent / 100)], type, 400);
        }
    }

    /// <summary>Headers that contradict themselves or promise what does not follow.</summary>
    private static IEnumerable<HostileImage> Nonsense()
    {
        yield return Jpeg("empty", [], 400);
        yield return Jpeg("zero-width", JpegFile.WithClaimedSize(JpegFile.Rgb(s_scene), 0, 64), 400);
        yield return Jpeg("zero-height", JpegFile.WithClaimedSize(JpegFile.Rgb(s_scene), 96, 0), 400);
        // An end marker that comes early is a damaged, not a cut file; decoders fill in grey.
        yield return Jpeg("taller-than-its-data", JpegFile.WithClaimedSize(JpegFile.Rgb(s_scene), 96, 900), HostileImage.AcceptedOrRejected);
        yield return Jpeg("markers-only", [0xFF, 0xD8, 0xFF, 0xD9], 400);
        yield return Jpeg("magic-then-zeros", [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[4000]], 400);
        yield return Jpeg("magic-then-noise", [0xFF, 0xD8, 0xFF, .. Noise(4000)], 400);
        yield return Jpeg("segment-runs-past-the-end", [0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, .. new byte[50]], 400);

        yield return Png("zero-width", PngFile.Encode(0, 64, 8, PngFile.RgbType, new byte[100]), 400);
        yield return Png("zero-height", PngFile.Encode(96, 0, 8, PngFile.RgbType, new byte[100]), 400);
        yield return Png("taller-than-its-data", PngFile.Encode(96, 900, 8, PngFile.RgbType, PngFile.Rows(s_scene, 3, (x, y, c) => s_scene[x, y, c])), 400);
        yield return Png("depth-3", PngFile.Encode(96, 64, 3, PngFile.RgbType, new byte[20000]), 400);
        yield return Png("colour-type-5", PngFile.Encode(96, 64, 8, 5, new byte[20000]), 400);
        yield return Png("palette-missing", PngFile.Encode(96, 64, 8, PngFile.PaletteType, new byte[97 * 64]), 400);
        yield return Png("magic-then-noise", [.. PngFile.Rgb(s_scene).AsSpan(0, 8), .. Noise(4000)], 400);
        yield return Png("zeros", new byte[2000], 415);

        yield return Gif("no-frame", [.. GifFile.Encode(96, 64), 0x3B], 400);
        yield return Gif("magic-then-zeros", [.. "GIF89a"u8, .. new byte[2000]], 400);
        yield return WebP("magic-then-zeros", [.. "RIFF"u8, 0, 4, 0, 0, .. "WEBP"u8, .. new byte[2000]], 400);
        yield return WebP("sound", [.. "RIFF"u8, 0, 4, 0, 0, .. "WAVEfmt "u8, .. new byte[1000]], 415);
        yield return Bmp("zero-width", BmpFile.Encode(0, 64, 24, new byte[1000]), 400);
        yield return Bmp("zero-height", BmpFile.Encode(96, 0, 24, new byte[1000]), 400);
        yield return Bmp("negative-width", BmpFile.Encode(-96, 64, 24, new byte[20000]), 400);
        yield return Bmp("height-is-the-least-integer", BmpFile.Encode(96, int.MinValue, 24, new byte[20000]), 422);
        yield return Bmp("depth-7", BmpFile.Encode(96, 64, 7, new byte[20000]), 400);
        yield return Bmp("magic-then-noise", [.. "BM"u8, .. Noise(4000)], HostileImage.AcceptedOrRejected);
        yield return Bmp("text", "BMW sells no rings."u8.ToArray(), 400);
    }

    /// <summary>A few bits of a good file turned over: whatever it is now, it must not take the reader down.</summary>
    private static IEnumerable<HostileImage> BitFlips()
    {
        var random = new Random(20240817);
        foreach (var (name, bytes, type) in Ordinary)
        {
            for (var variant = 1; variant <= 6; variant++)
            {
                var damaged = bytes.ToArray();
                // Odd variants damage the header region, where flipped bits change structure and not only colours.
                var region = variant % 2 == 1 ? Math.Min(200, bytes.Length) : bytes.Length;
                for (var flips = 0; flips < variant * 2; flips++)
                    damaged[random.Next(2, region)] ^= (byte)(1 << random.Next(8));
                yield return new($"bits-flipped-{variant}-{name}", damaged, type, HostileImage.AcceptedOrRejected);
            }
        }
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(length).NextBytes(noise);
        return noise;
    }
}
