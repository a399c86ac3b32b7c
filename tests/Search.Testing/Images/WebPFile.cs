using SkiaSharp;

namespace Search.Testing.Images;

/// <summary>WebP files: Skia encodes the frames, the container (RFC 9649) is put together here.</summary>
public static class WebPFile
{
    public static byte[] Encode(RgbPicture picture, bool lossless = false)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var pixels = bitmap.GetPixelSpan();
        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            picture.Rgb.AsSpan(i * 3, 3).CopyTo(pixels[(i * 4)..]);
            pixels[(i * 4) + 3] = 255;
        }

        using var map = bitmap.PeekPixels();
        var compression = lossless ? SKWebpEncoderCompression.Lossless : SKWebpEncoderCompression.Lossy;
        using var data = map.Encode(new SKWebpEncoderOptions(compression, 90)) ?? throw new InvalidOperationException("the WebP encoder failed");
        return data.ToArray();
    }

    /// <summary>An extended file around one frame, with its orientation in an EXIF chunk.</summary>
    public static byte[] WithExif(RgbPicture picture, int orientation) =>
        Riff(new ByteWriter().Bytes(Extended(0x08, picture.Width, picture.Height)).Bytes(FrameOf(Encode(picture))).Bytes(Chunk("EXIF"u8, JpegFile.Exif(orientation))));

    /// <summary>Shows the frames in turn, each at its (even) place on the canvas.</summary>
    public static byte[] Animated(int width, int height, params GifFile.Frame[] frames)
    {
        var body = new ByteWriter().Bytes(Extended(0x02, width, height)).Bytes(Chunk("ANIM"u8, [255, 255, 255, 255, 0, 0]));
        foreach (var frame in frames)
        {
            var header = new ByteWriter().Little24(frame.Left / 2).Little24(frame.Top / 2)
                .Little24(frame.Picture.Width - 1).Little24(frame.Picture.Height - 1).Little24(100).Bytes(0);
            body.Bytes(Chunk("ANMF"u8, header.Bytes(FrameOf(Encode(frame.Picture))).ToArray()));
        }

        return Riff(body);
    }

    /// <summary>A canvas claim and nothing that fills it.</summary>
    public static byte[] ClaimingCanvas(int width, int height, RgbPicture frame) =>
        Riff(new ByteWriter().Bytes(Extended(0, width, height)).Bytes(FrameOf(Encode(frame))));

    private static byte[] Extended(byte flags, int width, int height) =>
        Chunk("VP8X"u8, new ByteWriter().Bytes(flags, 0, 0, 0).Little24(width - 1).Little24(height - 1).ToArray());

    /// <summary>The VP8 or VP8L chunk of a simple file.</summary>
    private static ReadOnlySpan<byte> FrameOf(byte[] webp)
    {
        for (var at = 12; ; at += 8 + ((BitConverter.ToInt32(webp, at + 4) + 1) / 2 * 2))
        {
            if (webp.AsSpan(at, 3).SequenceEqual("VP8"u8) && webp[at + 3] != 'X')
                return webp.AsSpan(at, 8 + ((BitConverter.ToInt32(webp, at + 4) + 1) / 2 * 2));
        }
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var chunk = new ByteWriter().Bytes(type).Little32(data.Length).Bytes(data);
        return (data.Length & 1) == 0 ? chunk.ToArray() : chunk.Bytes(0).ToArray();
    }

    private static byte[] Riff(ByteWriter body) => new ByteWriter().Bytes("RIFF"u8).Little32(body.Length + 4).Bytes("WEBP"u8).Bytes(body.ToArray()).ToArray();
}
