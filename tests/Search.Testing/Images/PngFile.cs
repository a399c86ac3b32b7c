using System.IO.Compression;

namespace Search.Testing.Images;

/// <summary>Writes PNGs of every colour type and depth, honest or not, with correct checksums.</summary>
public static class PngFile
{
    public const int GreyType = 0, RgbType = 2, PaletteType = 3, GreyAlphaType = 4, RgbaType = 6;

    /// <param name="width">As the header shall claim.</param>
    /// <param name="height">As the header shall claim.</param>
    /// <param name="depth">Bits a sample.</param>
    /// <param name="colorType">One of the constants above.</param>
    /// <param name="rows">What is compressed: each row with its filter byte.</param>
    /// <param name="before">Chunks between header and data.</param>
    /// <param name="interlaced">Whether the header claims Adam7.</param>
    public static byte[] Encode(
        uint width, uint height, int depth, int colorType, byte[] rows, (string Type, byte[] Data)[]? before = null, bool interlaced = false)
    {
        var file = new ByteWriter().Bytes(0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A);
        var header = new ByteWriter().Big32(width).Big32(height).Bytes((byte)depth, (byte)colorType, 0, 0, interlaced ? (byte)1 : (byte)0);
        Chunk(file, "IHDR", header.ToArray());
        foreach (var (type, data) in before ?? [])
            Chunk(file, type, data);
        Chunk(file, "IDAT", Deflate(rows));
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    public static byte[] Rgb(RgbPicture picture, (string Type, byte[] Data)[]? before = null) => Encode(
        (uint)picture.Width, (uint)picture.Height, 8, RgbType, Rows(picture, 3, (x, y, c) => picture[x, y, c]), before);

    /// <summary>Rows of 8-bit samples with filter byte 0.</summary>
    public static byte[] Rows(RgbPicture picture, int channels, Func<int, int, int, byte> sample)
    {
        var rows = new ByteWriter();
        for (var y = 0; y < picture.Height; y++)
        {
            rows.Bytes(0);
            for (var x = 0; x < picture.Width; x++)
            {
                for (var c = 0; c < channels; c++)
                    rows.Bytes(sample(x, y, c));
            }
        }

        return rows.ToArray();
    }

    /// <summary>The seven passes of Adam7, 8-bit RGB.</summary>
    public static byte[] Interlaced(RgbPicture picture)
    {
        (int X, int Y, int StepX, int StepY)[] passes =
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        var rows = new ByteWriter();
        foreach (var pass in passes)
        {
            for (var y = pass.Y; y < picture.Height && pass.X < picture.Width; y += pass.StepY)
            {
                rows.Bytes(0);
                for (var x = pass.X; x < picture.Width; x += pass.StepX)
                    rows.Bytes(picture[x, y, 0], picture[x, y, 1], picture[x, y, 2]);
            }
        }

        return Encode((uint)picture.Width, (uint)picture.Height, 8, RgbType, rows.ToArray(), interlaced: true);
    }

    public static byte[] Deflate(byte[] data)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
            zlib.Write(data);
        return compressed.ToArray();
    }

    internal static void Chunk(ByteWriter file, string type, byte[] data)
    {
        byte[] body = [.. type.Select(c => (byte)c), .. data];
        file.Big32((uint)data.Length).Bytes(body).Big32(Crc(body));
    }

    /// <summary>CRC-32 of ISO 3309, bit by bit.</summary>
    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (0 - (crc & 1)));
        }

        return ~crc;
    }
}
