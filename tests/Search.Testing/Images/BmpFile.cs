namespace Search.Testing.Images;

/// <summary>Writes uncompressed Windows bitmaps, honest or not.</summary>
public static class BmpFile
{
    /// <summary>24 bits a pixel, rows from bottom to top unless <paramref name="topDown"/>.</summary>
    public static byte[] Rgb(RgbPicture picture, bool topDown = false) =>
        Encode(picture.Width, topDown ? -picture.Height : picture.Height, 24, Pixels(picture, topDown));

    /// <param name="width">As the header shall claim.</param>
    /// <param name="height">As the header shall claim; negative for rows from top to bottom.</param>
    /// <param name="bits">Bits a pixel.</param>
    /// <param name="pixels">Everything after the headers.</param>
    /// <param name="palette">Number of grey palette entries to write.</param>
    public static byte[] Encode(int width, int height, int bits, byte[] pixels, int palette = 0)
    {
        var offset = 54 + (palette * 4);
        var file = new ByteWriter().Bytes("BM"u8).Little32(offset + pixels.Length).Little32(0).Little32(offset);
        file.Little32(40).Little32(width).Little32(height).Little16(1).Little16(bits).Little32(0).Little32(pixels.Length);
        file.Little32(2835).Little32(2835).Little32(palette).Little32(0);
        for (var i = 0; i < palette; i++)
            file.Bytes((byte)i, (byte)i, (byte)i, 0);
        return file.Bytes(pixels).ToArray();
    }

    /// <summary>The 12-byte OS/2 header of old.</summary>
    public static byte[] Core(RgbPicture picture)
    {
        var pixels = Pixels(picture, topDown: false);
        return new ByteWriter().Bytes("BM"u8).Little32(26 + pixels.Length).Little32(0).Little32(26)
            .Little32(12).Little16(picture.Width).Little16(picture.Height).Little16(1).Little16(24).Bytes(pixels).ToArray();
    }

    /// <summary>8-bit grey with a palette.</summary>
    public static byte[] Grey(RgbPicture picture)
    {
        var pixels = new ByteWriter();
        for (var y = picture.Height - 1; y >= 0; y--)
        {
            for (var x = 0; x < (picture.Width + 3) / 4 * 4; x++)
                pixels.Bytes(x < picture.Width ? picture.Grey(x, y) : (byte)0);
        }

        return Encode(picture.Width, picture.Height, 8, pixels.ToArray(), palette: 256);
    }

    private static byte[] Pixels(RgbPicture picture, bool topDown)
    {
        var pixels = new ByteWriter();
        for (var i = 0; i < picture.Height; i++)
        {
            var y = topDown ? i : picture.Height - 1 - i;
            for (var x = 0; x < picture.Width; x++)
                pixels.Bytes(picture[x, y, 2], picture[x, y, 1], picture[x, y, 0]);
            pixels.Bytes(new byte[(4 - (picture.Width * 3 % 4)) % 4]);
        }

        return pixels.ToArray();
    }
}
