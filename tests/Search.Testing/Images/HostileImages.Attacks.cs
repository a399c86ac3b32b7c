using System.Text;

namespace Search.Testing.Images;

public static partial class HostileImages
{
    /// <summary>Small files that claim pictures no machine should hold: 422 from the header alone.</summary>
    private static IEnumerable<HostileImage> Oversized()
    {
        yield return Png("50000x50000", PngFile.Encode(50_000, 50_000, 8, PngFile.RgbType, new byte[1000]), 422);
        yield return Png("50000x50000-header-only", PngFile.Encode(50_000, 50_000, 8, PngFile.RgbType, [])[..33], 422);
        yield return Png("largest-sides-there-are", PngFile.Encode(int.MaxValue, int.MaxValue, 16, PngFile.RgbaType, new byte[1000]), 422);
        yield return Png("sides-beyond-the-format", PngFile.Encode(uint.MaxValue, uint.MaxValue, 16, PngFile.RgbaType, new byte[1000]), 422);
        yield return Png("one-row-40000-wide", PngFile.Encode(40_000, 1, 8, PngFile.GreyType, new byte[40_001]), 422);
        yield return Png("8000x8000-all-there", PngFile.Encode(8000, 8000, 1, PngFile.GreyType, new byte[8000 * 1001]), 422);
        yield return Jpeg("50000x50000", JpegFile.WithClaimedSize(JpegFile.Rgb(s_scene), 50_000, 50_000), 422);
        yield return Jpeg("65535x65535-progressive", JpegFile.WithClaimedSize(JpegFile.Rgb(s_scene, progressive: true), 65_535, 65_535), 422);
        yield return Gif("50000x50000-screen", GifFile.Encode(50_000, 50_000, new GifFile.Frame(s_scene)), 422);
        yield return Bmp("50000x50000", BmpFile.Encode(50_000, 50_000, 24, new byte[1000]), 422);
        yield return Bmp("50000x50000-top-down", BmpFile.Encode(50_000, -50_000, 24, new byte[1000]), 422);
        yield return WebP("50000x50000-canvas", WebPFile.ClaimingCanvas(50_000, 50_000, s_scene), 422);
        yield return WebP("16383x16383-lossy", ClaimingLossy(16_383, 16_383), 422);
    }

    /// <summary>Other files under an image's name, and images under other names.</summary>
    private static IEnumerable<HostileImage> Impostors()
    {
        yield return new("png-called.jpg", PngFile.Rgb(s_scene), "image/jpeg", HostileImage.Accepted);
        yield return new("jpeg-called.png", JpegFile.Rgb(s_scene), "image/png", HostileImage.Accepted);
        yield return new("gif-called.webp", GifFile.Encode(96, 64, new GifFile.Frame(s_scene)), "image/webp", HostileImage.Accepted);
        yield return new("webp-called.txt", WebPFile.Encode(s_scene), "text/plain", HostileImage.Accepted);
        yield return new("jpeg-without-extension", JpegFile.Rgb(s_scene), "application/octet-stream", HostileImage.Accepted);

        yield return Jpeg("text", "Dear search, please find my ring."u8.ToArray(), 415);
        yield return Jpeg("json", "{\"image\": null}"u8.ToArray(), 415);
        yield return Jpeg("html", "<!DOCTYPE html><html><body>404</body></html>"u8.ToArray(), 415);
        yield return Jpeg("zip", [.. "PK\x03\x04"u8, 20, 0, 0, 0, 8, 0, .. Noise(300)], 415);
        yield return Jpeg("empty-zip", [.. "PK\x05\x06"u8, .. new byte[18]], 415);
        yield return Jpeg("gzip", [0x1F, 0x8B, 8, 0, .. Noise(300)], 415);
        yield return Jpeg("pdf", "%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF"u8.ToArray(), 415);
        yield return Jpeg("program", [0x7F, .. "ELF"u8, 2, 1, 1, .. new byte[200]], 415);
        yield return Jpeg("windows-program", [.. "MZ"u8, 0x90, 0, .. new byte[200]], 415);
        yield return Jpeg("script", "#!/bin/sh\necho ring\n"u8.ToArray(), 415);
        yield return Jpeg("noise", Noise(5000), 415);
        yield return Jpeg("base64", Encoding.ASCII.GetBytes(Convert.ToBase64String(JpegFile.Rgb(s_scene))), 415);
        yield return new("drawing.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><image href=\"file:///etc/passwd\"/></svg>"u8.ToArray(), "image/svg+xml", 415);
        yield return new("drawing-with-prolog.svg", "<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), "image/svg+xml", 415);
        yield return new("little-endian.tiff", [.. "II*\0"u8, 8, 0, 0, 0, .. new byte[200]], "image/tiff", 415);
        yield return new("big-endian.tiff", [.. "MM\0*"u8, 0, 0, 0, 8, .. new byte[200]], "image/tiff", 415);
        yield return new("camera.dng", [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0xC6, 1, 0, 4, 0, 0, 0, 1, 4, 0, 0, .. new byte[200]], "image/x-adobe-dng", 415);
        yield return new("phone.heic", Boxed("heic"), "image/heic", 415);
        yield return new("phone-mif1.heic", Boxed("mif1"), "image/heif", 415);
        yield return new("web.avif", Boxed("avif"), "image/avif", 415);
        yield return new("film.mp4", Boxed("isom"), "video/mp4", 415);
        yield return new("site.ico", Icon(), "image/x-icon", 415);
        yield return new("phone.wbmp", [0, 0, 8, 8, .. new byte[8]], "image/vnd.wap.wbmp", 415);
        yield return new("scan.jp2", [0, 0, 0, 12, .. "jP  "u8, 13, 10, 0x87, 10, .. new byte[100]], "image/jp2", 415);
        yield return new("modern.jxl", [0xFF, 0x0A, .. new byte[100]], "image/jxl", 415);
        yield return new("layers.psd", [.. "8BPS"u8, 0, 1, .. new byte[100]], "image/vnd.adobe.photoshop", 415);
        yield return new("pixels.ppm", "P6 2 2 255 abcdefghijkl"u8.ToArray(), "image/x-portable-pixmap", 415);
    }

    /// <summary>Legal structure, made to cost more than a picture is worth.</summary>
    private static IEnumerable<HostileImage> Attacks()
    {
        yield return Jpeg("a-thousand-scans", JpegFile.Rgb(RgbPicture.Scene(16, 16), progressive: true, repeatScans: 400), 400);
        yield return Png("text-bomb", PngFile.Rgb(s_scene, [("zTXt", [.. "Comment\0\0"u8, .. PngFile.Deflate(new byte[50_000_000])])]), HostileImage.AcceptedOrRejected);
        yield return Png("profile-bomb", PngFile.Rgb(s_scene, [("iCCP", [.. "icc\0\0"u8, .. PngFile.Deflate(new byte[50_000_000])])]), HostileImage.AcceptedOrRejected);
        yield return Png("ten-thousand-chunks", PngFile.Rgb(s_scene, [.. Enumerable.Repeat(("tEXt", "a\0b"u8.ToArray()), 10_000)]), HostileImage.AcceptedOrRejected);
        yield return Png("data-expands-past-the-picture", PngFile.Encode(96, 64, 8, PngFile.RgbType, new byte[50_000_000]), HostileImage.AcceptedOrRejected);
        yield return Gif("ten-thousand-frames", GifFile.Encode(2, 2, [.. Enumerable.Repeat(new GifFile.Frame(RgbPicture.Scene(1, 1)), 10_000)]));
    }

    /// <summary>An ISO base media file (HEIC, AVIF, MP4) reduced to its first box.</summary>
    private static byte[] Boxed(string brand) => [0, 0, 0, 24, .. "ftyp"u8, .. Encoding.ASCII.GetBytes(brand), 0, 0, 0, 0, .. "mif1miaf"u8, .. new byte[200]];

    /// <summary>An icon around a good PNG, which an icon reader would decode.</summary>
    private static byte[] Icon()
    {
        var png = PngFile.Rgb(RgbPicture.Scene(32, 32));
        return new ByteWriter().Little16(0).Little16(1).Little16(1).Bytes(32, 32, 0, 0).Little16(1).Little16(32).Little32(png.Length).Little32(22).Bytes(png).ToArray();
    }

    private static byte[] ClaimingLossy(int width, int height)
    {
        var webp = WebPFile.Encode(s_scene);
        (webp[26], webp[27], webp[28], webp[29]) = ((byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8));
        return webp;
    }
}
