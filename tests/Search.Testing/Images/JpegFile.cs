namespace Search.Testing.Images;

/// <summary>
/// A plain JPEG encoder (ITU-T T.81) for what ordinary encoders do not write: four components, odd Adobe markers,
/// progressive scans on demand. Nothing is subsampled and every Huffman code of a table has one length, so it stays short.
/// </summary>
public static class JpegFile
{
    private const int Quantiser = 3;

    private static readonly byte[] s_zigzag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="components">1, 3 or 4.</param>
    /// <param name="sample">(x, y, component) to 0..255, as it shall be stored.</param>
    /// <param name="adobeTransform">Writes an Adobe marker: 0 stored as is (RGB, CMYK), 1 YCbCr, 2 YCCK.</param>
    /// <param name="progressive">Spectral selection: one scan of the means, then one for each component's rest.</param>
    /// <param name="repeatScans">How often the progressive scans of detail are repeated; more than once is an attack.</param>
    public static byte[] Encode(
        int width, int height, int components, Func<int, int, int, byte> sample, int? adobeTransform = null, bool progressive = false, int repeatScans = 1)
    {
        var file = new ByteWriter().Bytes(0xFF, 0xD8);
        if (adobeTransform is { } transform)
            Segment(file, 0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, (byte)transform]);
        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)Quantiser, 64)]);
        var frame = new ByteWriter().Bytes(8).Big16(height).Big16(width).Bytes((byte)components);
        for (var c = 0; c < components; c++)
            frame.Bytes((byte)(c + 1), 0x11, 0);
        Segment(file, progressive ? (byte)0xC2 : (byte)0xC0, frame.ToArray());
        Segment(file, 0xC4, Table(0x00, 4, s_dcSymbols));
        Segment(file, 0xC4, Table(0x10, 8, s_acSymbols));

        var blocks = Enumerable.Range(0, components).Select(c => Transform(width, height, (x, y) => sample(x, y, c))).ToArray();
        var all = Enumerable.Range(0, components).ToArray();
        if (!progressive)
            return Scan(file, blocks, all, 0, 63).Bytes(0xFF, 0xD9).ToArray();
        Scan(file, blocks, all, 0, 0);
        for (var repeat = 0; repeat < repeatScans; repeat++)
        {
            foreach (var component in all)
                Scan(file, blocks, [component], 1, 63);
        }

        return file.Bytes(0xFF, 0xD9).ToArray();
    }

    public static byte[] Rgb(RgbPicture picture, bool progressive = false, int repeatScans = 1) => Encode(
        picture.Width, picture.Height, 3, (x, y, c) => YCbCr(picture[x, y, 0], picture[x, y, 1], picture[x, y, 2], c), null, progressive, repeatScans);

    /// <summary>
    /// CMYK with a simple black generation. Adobe's programs, and after them everyone, store all four inverted.
    /// <paramref name="adobeTransform"/> 2 stores the first three as YCbCr (YCCK).
    /// </summary>
    public static byte[] Cmyk(RgbPicture picture, bool inverted = true, int? adobeTransform = 0) => Encode(
        picture.Width,
        picture.Height,
        4,
        (x, y, c) =>
        {
            Span<byte> ink = stackalloc byte[4];
            var lightest = Math.Max(picture[x, y, 0], Math.Max(picture[x, y, 1], picture[x, y, 2]));
            for (var i = 0; i < 3; i++)
                ink[i] = (byte)(lightest == 0 ? 0 : 255 - (picture[x, y, i] * 255 / lightest));
            ink[3] = (byte)(255 - lightest);
            // A reader of YCCK inverts what it gets from the colour conversion, so the plain inks go in.
            if (adobeTransform == 2 && c < 3)
                return YCbCr(ink[0], ink[1], ink[2], c);
            return (byte)(inverted ? 255 - ink[c] : ink[c]);
        },
        adobeTransform);

    /// <summary>Puts a segment directly after the start of <paramref name="jpeg"/>.</summary>
    public static byte[] Insert(byte[] jpeg, byte marker, params byte[] body)
    {
        var file = new ByteWriter().Bytes(0xFF, 0xD8);
        Segment(file, marker, body);
        return [.. file.ToArray(), .. jpeg.AsSpan(2)];
    }

    /// <summary>An EXIF segment whose only entry is the orientation tag.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation, bool bigEndian = false) =>
        Insert(jpeg, 0xE1, [.. "Exif\0\0"u8, .. Exif(orientation, bigEndian)]);

    public static byte[] Exif(int orientation, bool bigEndian = false)
    {
        var exif = new ByteWriter();
        return bigEndian
            ? exif.Bytes("MM"u8).Big16(42).Big32(8).Big16(1).Big16(0x0112).Big16(3).Big32(1).Big16(orientation).Big16(0).Big32(0).ToArray()
            : exif.Bytes("II"u8).Little16(42).Little32(8).Little16(1).Little16(0x0112).Little16(3).Little32(1).Little32(orientation).Little32(0).ToArray();
    }

    /// <summary>Overwrites the size in the frame header.</summary>
    public static byte[] WithClaimedSize(byte[] jpeg, int width, int height)
    {
        var copy = jpeg.ToArray();
        for (var at = 2; ; at += 2 + ((copy[at + 2] << 8) | copy[at + 3]))
        {
            if (copy[at + 1] is not (>= 0xC0 and <= 0xC2))
                continue;
            (copy[at + 5], copy[at + 6], copy[at + 7], copy[at + 8]) = ((byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width);
            return copy;
        }
    }

    private static readonly byte[] s_dcSymbols = [.. Enumerable.Range(0, 12).Select(s => (byte)s)];

    /// <summary>End of block, sixteen zeros, and every (run, size).</summary>
    private static readonly byte[] s_acSymbols =
        [0x00, 0xF0, .. Enumerable.Range(0, 16).SelectMany(run => Enumerable.Range(1, 10).Select(size => (byte)((run << 4) | size)))];

    private static byte YCbCr(byte r, byte g, byte b, int component) => (byte)Math.Clamp(
        Math.Round(component switch
        {
            0 => (0.299 * r) + (0.587 * g) + (0.114 * b),
            1 => 128 - (0.168736 * r) - (0.331264 * g) + (0.5 * b),
            _ => 128 + (0.5 * r) - (0.418688 * g) - (0.081312 * b),
        }),
        0,
        255);

    private static void Segment(ByteWriter file, byte marker, byte[] body) => file.Bytes(0xFF, marker).Big16(body.Length + 2).Bytes(body);

    private static byte[] Table(byte id, int length, byte[] symbols)
    {
        var counts = new byte[16];
        counts[length - 1] = (byte)symbols.Length;
        return [id, .. counts, .. symbols];
    }

    /// <summary>Quantised coefficients of each 8 × 8 block in zigzag order, rows of blocks from the top.</summary>
    private static int[][] Transform(int width, int height, Func<int, int, byte> sample)
    {
        var blocks = new List<int[]>();
        Span<double> rows = stackalloc double[64];
        for (var top = 0; top < height; top += 8)
        {
            for (var left = 0; left < width; left += 8)
            {
                for (var y = 0; y < 8; y++)
                {
                    for (var u = 0; u < 8; u++)
                    {
                        rows[(y * 8) + u] = 0;
                        for (var x = 0; x < 8; x++)
                            rows[(y * 8) + u] += (sample(Math.Min(left + x, width - 1), Math.Min(top + y, height - 1)) - 128) * Cosine(x, u);
                    }
                }

                var block = new int[64];
                for (var i = 0; i < 64; i++)
                {
                    double sum = 0;
                    for (var y = 0; y < 8; y++)
                        sum += rows[(y * 8) + (s_zigzag[i] % 8)] * Cosine(y, s_zigzag[i] / 8);
                    block[i] = (int)Math.Round(sum / Quantiser);
                }

                blocks.Add(block);
            }
        }

        return [.. blocks];
    }

    private static double Cosine(int x, int u) => (u == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos(((2 * x) + 1) * u * Math.PI / 16);

    private static ByteWriter Scan(ByteWriter file, int[][][] blocks, int[] components, int first, int last)
    {
        var header = new ByteWriter().Bytes((byte)components.Length);
        foreach (var component in components)
            header.Bytes((byte)(component + 1), 0x00);
        Segment(file, 0xDA, header.Bytes((byte)first, (byte)last, 0).ToArray());
        var bits = new BitWriter(file);
        var predicted = new int[blocks.Length];
        for (var i = 0; i < blocks[0].Length; i++)
        {
            foreach (var component in components)
            {
                var block = blocks[component][i];
                if (first == 0)
                {
                    var difference = block[0] - predicted[component];
                    predicted[component] = block[0];
                    bits.Write(Size(difference), 4);
                    bits.WriteValue(difference);
                }

                if (last > 0)
                    Detail(bits, block);
            }
        }

        bits.Flush();
        return file;
    }

    private static void Detail(BitWriter bits, int[] block)
    {
        var run = 0;
        for (var i = 1; i < 64; i++)
        {
            if (block[i] == 0)
            {
                run++;
                continue;
            }

            for (; run > 15; run -= 16)
                bits.Write(Array.IndexOf(s_acSymbols, (byte)0xF0), 8);
            bits.Write(Array.IndexOf(s_acSymbols, (byte)((run << 4) | Size(block[i]))), 8);
            bits.WriteValue(block[i]);
            run = 0;
        }

        if (run > 0)
            bits.Write(Array.IndexOf(s_acSymbols, (byte)0x00), 8);
    }

    private static int Size(int value) => value == 0 ? 0 : 1 + (int)Math.Log2(Math.Abs(value));

    private sealed class BitWriter(ByteWriter file)
    {
        private int _held;
        private int _count;

        public void Write(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--)
            {
                _held = (_held << 1) | ((value >> bit) & 1);
                if (++_count < 8)
                    continue;
                file.Bytes((byte)_held);
                if ((byte)_held == 0xFF)
                    file.Bytes(0);
                _held = _count = 0;
            }
        }

        public void WriteValue(int value) => Write(value < 0 ? value - 1 : value, Size(value));

        public void Flush()
        {
            while (_count > 0)
                Write(1, 1);
        }
    }
}
