using System.Buffers.Binary;

namespace Search.Imaging;

/// <summary>Walks a JPEG's marker segments (ITU-T T.81, annex B) up to its frame header and, if progressive, to its end.</summary>
internal static class JpegHeader
{
    /// <summary>
    /// Each scan of a progressive JPEG passes over the whole picture, so a small file with thousands of scans keeps a
    /// core busy for minutes. Encoders write about 10, optimisers a few dozen; 64 of the most expensive kind over the
    /// largest accepted picture take about 5 s, in the order of a PNG of that size.
    /// </summary>
    private const int MaxScans = 64;

    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9, Progressive = 0xC2;

    public static (long Width, long Height) ReadSize(ReadOnlySpan<byte> bytes)
    {
        var at = 2;
        while (Next(bytes, ref at, out var marker, out var body))
        {
            if (IsFrame(marker))
            {
                if (body.Length < 5)
                    throw at > bytes.Length ? Broken.Truncated() : Broken.Unreadable(ImageFormat.Jpeg);
                if (marker == Progressive)
                    RequireEnd(bytes, at);
                return (BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]));
            }

            if (marker is StartOfScan or EndOfImage)
                throw Broken.Unreadable(ImageFormat.Jpeg);
        }

        throw Broken.Truncated();
    }

    /// <summary>
    /// A progressive picture is complete in size after its first scan and only gains detail, so a codec calls any
    /// prefix a success. Only the end marker tells a whole file from half of one.
    /// </summary>
    private static void RequireEnd(ReadOnlySpan<byte> bytes, int at)
    {
        var scans = 0;
        while (Next(bytes, ref at, out var marker, out _))
        {
            if (marker == EndOfImage)
                return;
            if (marker != StartOfScan)
                continue;
            if (++scans > MaxScans)
                throw Broken.Unreadable(ImageFormat.Jpeg);
            at = EndOfScan(bytes, at);
        }

        throw Broken.Truncated();
    }

    /// <summary>
    /// The next marker that starts a segment or ends the image; false where the file ends. What is no marker is skipped,
    /// as decoders do. <paramref name="at"/> moves behind the segment, possibly beyond the file.
    /// </summary>
    private static bool Next(ReadOnlySpan<byte> bytes, ref int at, out byte marker, out ReadOnlySpan<byte> body)
    {
        marker = 0;
        body = default;
        while (at < bytes.Length - 1)
        {
            if (bytes[at] != 0xFF || bytes[at + 1] is 0x00 or 0x01 or 0xFF or (>= 0xD0 and <= 0xD8))
            {
                at++;
                continue;
            }

            marker = bytes[at + 1];
            at += 2;
            if (marker == EndOfImage)
                return true;
            if (at > bytes.Length - 2)
                return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (length < 2)
                throw Broken.Unreadable(ImageFormat.Jpeg);
            body = bytes[(at + 2)..Math.Min(at + length, bytes.Length)];
            at += length;
            return true;
        }

        return false;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>The next FF that is neither a stuffed FF00 nor a restart marker.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length - 1)
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
