using System.Buffers.Binary;

namespace Search.Imaging;

/// <summary>Walks a JPEG's marker segments (ITU-T T.81, annex B) up to its frame header and, if progressive, its scans.</summary>
internal static class JpegHeader
{
    /// <summary>
    /// Each scan of a progressive JPEG passes over the whole picture, so a small file with thousands of scans keeps a
    /// core busy for minutes. Encoders write about 10; 64 coefficients in 4 components cannot need more than this.
    /// </summary>
    private const int MaxScans = 256;

    public static (long Width, long Height) ReadSize(ReadOnlySpan<byte> bytes)
    {
        (long, long)? size = null;
        var scans = 0;
        for (var at = 2; ;)
        {
            if (at + 4 > bytes.Length)
                return size ?? throw Broken.Truncated();
            if (bytes[at] != 0xFF)
                return size ?? throw Broken.Unreadable(ImageFormat.Jpeg);
            var marker = bytes[at + 1];
            if (marker == 0xFF) // fill byte
            {
                at++;
                continue;
            }

            if (marker is 0x01 or (>= 0xD0 and <= 0xD8)) // no length follows
            {
                at += 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker == 0xD9 || length < 2)
                return size ?? throw Broken.Unreadable(ImageFormat.Jpeg);
            if (size is null && IsFrame(marker))
            {
                if (at + 9 > bytes.Length)
                    throw Broken.Truncated();
                size = (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
                if (marker != 0xC2)
                    return size.Value;
            }

            at += 2 + length;
            if (marker != 0xDA)
                continue;
            if (size is null || ++scans > MaxScans)
                throw Broken.Unreadable(ImageFormat.Jpeg);
            at = EndOfScan(bytes, at);
        }
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>The next FF that is neither a stuffed FF00 nor a restart marker.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length)
        {
            var next = bytes[at..].IndexOf((byte)0xFF);
            if (next < 0)
                break;
            at += next;
            if (at + 1 < bytes.Length && bytes[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
                return at;
            at += 2;
        }

        return bytes.Length;
    }
}
