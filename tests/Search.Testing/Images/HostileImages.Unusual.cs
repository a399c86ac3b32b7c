namespace Search.Testing.Images;

public static partial class HostileImages
{
    /// <summary>Rare but right: all must be read, but for the one whose completeness nothing proves.</summary>
    private static IEnumerable<HostileImage> Unusual()
    {
        foreach (var (name, bytes, type) in Ordinary)
            yield return new($"ordinary-{name}", bytes, type, HostileImage.Accepted);

        yield return Jpeg("grey", JpegFile.Encode(96, 64, 1, (x, y, _) => s_scene.Grey(x, y)));
        yield return Jpeg("rgb-stored-as-is", JpegFile.Encode(96, 64, 3, (x, y, c) => s_scene[x, y, c], adobeTransform: 0));
        yield return Jpeg("cmyk", JpegFile.Cmyk(s_scene));
        yield return Jpeg("cmyk-without-marker", JpegFile.Cmyk(s_scene, adobeTransform: null));
        yield return Jpeg("cmyk-not-inverted", JpegFile.Cmyk(s_scene, inverted: false, adobeTransform: null));
        yield return Jpeg("ycck", JpegFile.Cmyk(s_scene, adobeTransform: 2));
        yield return Jpeg("progressive-odd-size", JpegFile.Rgb(RgbPicture.Scene(33, 17), progressive: true));
        yield return Jpeg("one-pixel", JpegFile.Rgb(RgbPicture.Scene(1, 1)));
        yield return Jpeg("no-end-marker", JpegFile.Rgb(s_scene)[..^2]);
        yield return Jpeg("progressive-no-end-marker", JpegFile.Rgb(s_scene, progressive: true)[..^2], 400);
        yield return Jpeg("bytes-after-the-end", [.. JpegFile.Rgb(s_scene), .. new byte[1000]]);
        yield return Jpeg("many-comments", Enumerable.Range(0, 200).Aggregate(JpegFile.Rgb(s_scene), (jpeg, _) => JpegFile.Insert(jpeg, 0xFE, new byte[64])));
        yield return Jpeg("fill-bytes-between-segments", [0xFF, 0xD8, 0xFF, 0xFF, 0xFF, .. JpegFile.Rgb(s_scene).AsSpan(2)]);
        yield return Jpeg("profile-is-garbage", JpegFile.Insert(JpegFile.Rgb(s_scene), 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. new byte[300]]));

        yield return Png("grey-1-bit", PngFile.Encode(96, 64, 1, PngFile.GreyType, Packed(1)));
        yield return Png("grey-2-bit", PngFile.Encode(96, 64, 2, PngFile.GreyType, Packed(2)));
        yield return Png("grey-4-bit", PngFile.Encode(96, 64, 4, PngFile.GreyType, Packed(4)));
        yield return Png("grey-8-bit", PngFile.Encode(96, 64, 8, PngFile.GreyType, PngFile.Rows(s_scene, 1, (x, y, _) => s_scene.Grey(x, y))));
        yield return Png("grey-16-bit", PngFile.Encode(96, 64, 16, PngFile.GreyType, PngFile.Rows(s_scene, 2, (x, y, _) => s_scene.Grey(x, y))));
        yield return Png("grey-alpha", PngFile.Encode(96, 64, 8, PngFile.GreyAlphaType, PngFile.Rows(s_scene, 2, (x, y, c) => c == 0 ? s_scene.Grey(x, y) : (byte)(x * 2))));
        yield return Png("rgb-16-bit", PngFile.Encode(96, 64, 16, PngFile.RgbType, PngFile.Rows(s_scene, 6, (x, y, c) => s_scene[x, y, c / 2])));
        yield return Png("rgba-16-bit", PngFile.Encode(96, 64, 16, PngFile.RgbaType, PngFile.Rows(s_scene, 8, (x, y, c) => c < 6 ? s_scene[x, y, c / 2] : (byte)255)));
        yield return Png("rgba", PngFile.Encode(96, 64, 8, PngFile.RgbaType, PngFile.Rows(s_scene, 4, (x, y, c) => c < 3 ? s_scene[x, y, c] : (byte)(y * 4))));
        yield return Png("all-transparent", PngFile.Encode(96, 64, 8, PngFile.RgbaType, PngFile.Rows(s_scene, 4, (_, _, _) => 0)));
        yield return Png("palette", PngFile.Encode(96, 64, 8, PngFile.PaletteType, PngFile.Rows(s_scene, 1, (x, y, _) => s_scene.Grey(x, y)), [("PLTE", GreyPalette())]));
        yield return Png("palette-transparent", PngFile.Encode(96, 64, 8, PngFile.PaletteType, PngFile.Rows(s_scene, 1, (x, y, _) => s_scene.Grey(x, y)), [("PLTE", GreyPalette()), ("tRNS", new byte[128])]));
        yield return Png("one-pixel", PngFile.Rgb(RgbPicture.Scene(1, 1)));
        yield return Png("one-row-16384-wide", PngFile.Encode(16384, 1, 8, PngFile.GreyType, new byte[16385]));
        yield return Png("one-column-16384-high", PngFile.Encode(1, 16384, 8, PngFile.GreyType, new byte[16384 * 2]));
        yield return Png("animated", PngFile.Rgb(s_scene, [("acTL", [0, 0, 0, 1, 0, 0, 0, 0]), ("fcTL", FrameControl(96, 64))]));
        yield return Png("unknown-chunk", PngFile.Rgb(s_scene, [("jwLy", new byte[500])]));

        var dot = RgbPicture.Scene(20, 20);
        yield return Gif("animated", GifFile.Encode(96, 64, new GifFile.Frame(s_scene), new GifFile.Frame(dot, 30, 10), new GifFile.Frame(s_scene)));
        yield return Gif("frame-smaller-than-screen", GifFile.Encode(96, 64, new GifFile.Frame(dot, 30, 10)));
        yield return Gif("frame-larger-than-screen", GifFile.Encode(10, 10, new GifFile.Frame(s_scene)));
        yield return Gif("transparent-colour", GifFile.Encode(96, 64, new GifFile.Frame(s_scene, Transparent: true)));
        yield return Gif("one-pixel", GifFile.Encode(1, 1, new GifFile.Frame(RgbPicture.Scene(1, 1))));
        yield return Gif("second-frame-cut", GifFile.Encode(96, 64, new GifFile.Frame(s_scene), new GifFile.Frame(s_scene))[..^1500]);

        yield return WebP("animated", WebPFile.Animated(96, 64, new GifFile.Frame(s_scene), new GifFile.Frame(dot, 30, 10)));
        yield return WebP("first-frame-smaller-than-canvas", WebPFile.Animated(96, 64, new GifFile.Frame(dot, 30, 10), new GifFile.Frame(s_scene)));
        yield return WebP("one-pixel", WebPFile.Encode(RgbPicture.Scene(1, 1)));

        yield return Bmp("top-down", BmpFile.Rgb(s_scene, topDown: true));
        yield return Bmp("grey-palette", BmpFile.Grey(s_scene));
        yield return Bmp("os2-header", BmpFile.Core(s_scene));
        yield return Bmp("one-pixel", BmpFile.Rgb(RgbPicture.Scene(1, 1)));
    }

    /// <summary>Each EXIF orientation, stored so that every one of them shows the same upright scene.</summary>
    private static IEnumerable<HostileImage> Orientations()
    {
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var stored = s_scene.StoredAs(orientation);
            yield return Jpeg($"orientation-{orientation}", JpegFile.WithOrientation(JpegFile.Rgb(stored), orientation));
            yield return Jpeg($"orientation-{orientation}-big-endian", JpegFile.WithOrientation(JpegFile.Rgb(stored), orientation, bigEndian: true));
        }

        yield return Png("exif-cut", PngFile.Rgb(s_scene, [("eXIf", [.. "II*\0"u8])]));
        yield return Png("exif-points-outside", PngFile.Rgb(s_scene, [("eXIf", [.. "MM\0*"u8, 0xFF, 0xFF, 0xFF, 0xF0, 1, 2])]));
        yield return Png("exif-counts-too-many", PngFile.Rgb(s_scene, [("eXIf", [.. "MM\0*"u8, 0, 0, 0, 8, 0xFF, 0xFF, 1, 2, 3])]));
        yield return Jpeg("orientation-0", JpegFile.WithOrientation(JpegFile.Rgb(s_scene), 0));
        yield return Jpeg("orientation-9", JpegFile.WithOrientation(JpegFile.Rgb(s_scene), 9));
        yield return Jpeg("exif-cut", JpegFile.Insert(JpegFile.Rgb(s_scene), 0xE1, [.. "Exif\0\0"u8, .. "II*\0"u8]));
        yield return Jpeg("exif-points-outside", JpegFile.Insert(JpegFile.Rgb(s_scene), 0xE1, [.. "Exif\0\0"u8, .. "II*\0"u8, 0xFF, 0xFF, 0xFF, 0x7F]));
    }

    /// <summary>Rows of grey with 1, 2 or 4 bits a pixel.</summary>
    private static byte[] Packed(int depth)
    {
        var rows = new ByteWriter();
        for (var y = 0; y < 64; y++)
        {
            rows.Bytes(0);
            for (var x = 0; x < 96; x += 8 / depth)
            {
                var packed = 0;
                for (var i = 0; i < 8 / depth; i++)
                    packed = (packed << depth) | (s_scene.Grey(x + i, y) >> (8 - depth));
                rows.Bytes((byte)packed);
            }
        }

        return rows.ToArray();
    }

    private static byte[] GreyPalette() => [.. Enumerable.Range(0, 256).SelectMany(i => new[] { (byte)i, (byte)i, (byte)i })];

    private static byte[] FrameControl(uint width, uint height) =>
        new ByteWriter().Big32(0).Big32(width).Big32(height).Big32(0).Big32(0).Big16(1).Big16(10).Bytes(0, 0).ToArray();
}
