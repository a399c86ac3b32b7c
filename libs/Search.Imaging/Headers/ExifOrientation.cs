using System.Buffers.Binary;

namespace Search.Imaging;

/// <summary>The orientation tag of an EXIF block (CIPA DC-008: a TIFF header and its first directory).</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112, Short = 3, EntrySize = 12;

    /// <summary>1 to 8; 1 (upright) for anything odd, as viewers do.</summary>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
            return 1;
        var big = tiff.StartsWith("MM\0*"u8);
        if (!big && !tiff.StartsWith("II*\0"u8))
            return 1;
        var directory = big ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
            return 1;
        var count = Int16(tiff[(int)directory..], big);
        var entries = tiff[((int)directory + 2)..];
        for (; count > 0 && entries.Length >= EntrySize; count--, entries = entries[EntrySize..])
        {
            if (Int16(entries, big) != Tag)
                continue;
            var value = Int16(entries[8..], big);
            return Int16(entries[2..], big) == Short && value is >= 1 and <= 8 ? value : 1;
        }

        return 1;
    }

    private static int Int16(ReadOnlySpan<byte> bytes, bool big) =>
        big ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
