using System.Buffers.Binary;

namespace Search.Imaging;

/// <summary>Size and orientation from a PNG's chunks (PNG specification, third edition).</summary>
internal static class PngHeader
{
    private const int Signature = 8, ChunkFrame = 12;

    /// <summary>IHDR has to be the first chunk (section 5.6).</summary>
    public static (long Width, long Height) ReadSize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 24)
            throw Broken.Truncated();
        if (!bytes[12..].StartsWith("IHDR"u8))
            throw Broken.Unreadable(ImageFormat.Png);
        return (BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..]));
    }

    /// <summary>
    /// From an eXIf chunk (section 11.3.4.5) before the picture's data; 1 without one. The codec knows the orientation of
    /// JPEG and WebP but not of PNG, and viewers turn all three.
    /// </summary>
    public static int ReadOrientation(ReadOnlySpan<byte> bytes)
    {
        for (long at = Signature; at + ChunkFrame <= bytes.Length;)
        {
            var chunk = bytes[(int)at..];
            var length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            var type = chunk[4..8];
            if (type.SequenceEqual("IDAT"u8) || length > chunk.Length - ChunkFrame)
                return 1;
            if (type.SequenceEqual("eXIf"u8))
                return ExifOrientation.Read(chunk.Slice(8, (int)length));
            at += length + ChunkFrame;
        }

        return 1;
    }
}
