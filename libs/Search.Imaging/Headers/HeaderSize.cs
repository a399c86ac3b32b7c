using System.Buffers.Binary;

namespace Search.Imaging;

/// <summary>
/// Reads the picture's size out of the header in managed code, so that the limits hold before native code sees the file
/// and an oversized picture is told apart from a broken one (codecs answer both with "no").
/// A size of 0 means that the header leaves it open; the codec then decides.
/// </summary>
internal static class HeaderSize
{
    public static (long Width, long Height) Read(ImageFormat format, ReadOnlySpan<byte> bytes) => format switch
    {
        ImageFormat.Jpeg => JpegHeader.ReadSize(bytes),
        ImageFormat.Png => PngHeader.ReadSize(bytes),
        ImageFormat.WebP => WebP(bytes),
        ImageFormat.Gif => Gif(bytes),
        ImageFormat.Bmp => Bmp(bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
    };

    /// <summary>The logical screen. A first frame that reaches beyond it enlarges the canvas, which the codec reports.</summary>
    private static (long, long) Gif(ReadOnlySpan<byte> bytes)
    {
        Need(bytes, 13);
        return (BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]));
    }

    private static (long, long) Bmp(ReadOnlySpan<byte> bytes)
    {
        Need(bytes, 18);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) == 12) // OS/2 1.x
        {
            Need(bytes, 22);
            return (BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[20..]));
        }

        Need(bytes, 26);
        // A negative height means rows from top to bottom; a negative width means nothing and the codec says so.
        long width = BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]);
        long height = BinaryPrimitives.ReadInt32LittleEndian(bytes[22..]);
        return (width, Math.Abs(height));
    }

    /// <summary>RFC 9649: the first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended, canvas size).</summary>
    private static (long, long) WebP(ReadOnlySpan<byte> bytes)
    {
        Need(bytes, 30);
        var chunk = bytes[12..16];
        var body = bytes[20..];
        if (chunk.SequenceEqual("VP8 "u8))
            return (BinaryPrimitives.ReadUInt16LittleEndian(body[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body[8..]) & 0x3FFF);
        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(body[1..]);
            return ((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1);
        }

        if (chunk.SequenceEqual("VP8X"u8))
            return (UInt24(body[4..]) + 1, UInt24(body[7..]) + 1);
        throw Broken.Unreadable(ImageFormat.WebP);
    }

    private static long UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    private static void Need(ReadOnlySpan<byte> bytes, int count)
    {
        if (bytes.Length < count)
            throw Broken.Truncated();
    }
}
