namespace Search.Testing.Images;

/// <summary>Writes GIF89a files with a 6 × 6 × 6 colour cube; the LZW codes never grow, which every reader must accept.</summary>
public static class GifFile
{
    /// <summary>A frame's picture and where on the screen it lies.</summary>
    public sealed record Frame(RgbPicture Picture, int Left = 0, int Top = 0, bool Transparent = false);

    public static byte[] Encode(int screenWidth, int screenHeight, params Frame[] frames)
    {
        var file = new ByteWriter().Bytes("GIF89a"u8).Little16(screenWidth).Little16(screenHeight).Bytes(0xF7, 0, 0);
        for (var i = 0; i < 256; i++)
            file.Bytes((byte)(i / 36 % 6 * 51), (byte)(i / 6 % 6 * 51), (byte)(i % 6 * 51));
        if (frames.Length > 1)
            file.Bytes(0x21, 0xFF, 11).Bytes("NETSCAPE2.0"u8).Bytes(3, 1, 0, 0, 0);
        foreach (var frame in frames)
            Write(file, frame);
        return file.Bytes(0x3B).ToArray();
    }

    private static void Write(ByteWriter file, Frame frame)
    {
        var picture = frame.Picture;
        // Colour 215 is the cube's white.
        file.Bytes(0x21, 0xF9, 4, frame.Transparent ? (byte)5 : (byte)4, 10, 0, 215, 0);
        file.Bytes(0x2C).Little16(frame.Left).Little16(frame.Top).Little16(picture.Width).Little16(picture.Height).Bytes(0, 8);
        var data = Lzw(picture);
        for (var at = 0; at < data.Length; at += 255)
        {
            var length = Math.Min(255, data.Length - at);
            file.Bytes((byte)length).Bytes(data.AsSpan(at, length));
        }

        file.Bytes(0);
    }

    /// <summary>9-bit codes; a clear code before the table would need a tenth bit.</summary>
    private static byte[] Lzw(RgbPicture picture)
    {
        var bits = new List<byte>();
        int held = 0, count = 0;
        void Code(int code)
        {
            held |= code << count;
            for (count += 9; count >= 8; count -= 8, held >>= 8)
                bits.Add((byte)held);
        }

        for (var i = 0; i < picture.Width * picture.Height; i++)
        {
            if (i % 250 == 0)
                Code(256);
            Code(Nearest(picture.Rgb[i * 3], picture.Rgb[(i * 3) + 1], picture.Rgb[(i * 3) + 2]));
        }

        Code(257);
        if (count > 0)
            bits.Add((byte)held);
        return [.. bits];
    }

    private static int Nearest(byte r, byte g, byte b) => ((r + 25) / 51 * 36) + ((g + 25) / 51 * 6) + ((b + 25) / 51);
}
