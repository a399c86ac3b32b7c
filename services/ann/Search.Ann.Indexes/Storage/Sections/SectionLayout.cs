using System.Buffers.Binary;
using System.Text;

namespace Search.Ann.Indexes.Storage.Sections;

/// <summary>
/// How a file of sections is laid out; docs/index-format.md describes it for other programs. A head of 64 bytes, the table with 64 bytes for each section, then the sections, each at the
/// start of a page. What lies between is zero.
/// </summary>
internal static class SectionLayout
{
    public const int HeadBytes = 64;
    public const int EntryBytes = 64;
    public const int NameBytes = 40;
    public const int PageBytes = 4_096;
    public const int MostSections = 64;

    // The table's checksum stands at the end of what else the head says; it covers that and the entries.
    private const int ChecksumAt = 24;

    public static long PageAfter(long offset) => (offset + PageBytes - 1) / PageBytes * PageBytes;

    public static int TableBytes(int sections) => HeadBytes + sections * EntryBytes;

    public static byte[] Write(ReadOnlySpan<byte> magic, int version, IReadOnlyList<Section> sections)
    {
        var bytes = new byte[TableBytes(sections.Count)];
        magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), sections.Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), sections.Count == 0 ? bytes.Length : sections[^1].Offset + sections[^1].Length);
        for (var i = 0; i < sections.Count; i++)
        {
            var entry = bytes.AsSpan(TableBytes(i), EntryBytes);
            Encoding.ASCII.GetBytes(sections[i].Name, entry[..NameBytes]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[NameBytes..], sections[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[(NameBytes + 8)..], sections[i].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[(NameBytes + 16)..], sections[i].Checksum);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(ChecksumAt), ChecksumOf(bytes));
        return bytes;
    }

    /// <summary>Version, number of sections and length of the file, not proven yet.</summary>
    public static (int Version, int Sections, long Length) ReadHead(ReadOnlySpan<byte> head) => (
        BinaryPrimitives.ReadInt32LittleEndian(head[8..]),
        BinaryPrimitives.ReadInt32LittleEndian(head[12..]),
        BinaryPrimitives.ReadInt64LittleEndian(head[16..]));

    /// <summary>Whether head and table are as they were written.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> table) =>
        BinaryPrimitives.ReadUInt32LittleEndian(table[ChecksumAt..]) == ChecksumOf(table);

    public static Section ReadEntry(ReadOnlySpan<byte> entry) => new(
        Encoding.ASCII.GetString(entry[..NameBytes]).TrimEnd('\0'),
        BinaryPrimitives.ReadInt64LittleEndian(entry[NameBytes..]),
        BinaryPrimitives.ReadInt64LittleEndian(entry[(NameBytes + 8)..]),
        BinaryPrimitives.ReadUInt32LittleEndian(entry[(NameBytes + 16)..]));

    private static uint ChecksumOf(ReadOnlySpan<byte> table)
    {
        var checksum = Vectors.Files.Crc32C.Of(table[..ChecksumAt]);
        return Vectors.Files.Crc32C.Append(checksum, table[(ChecksumAt + sizeof(uint))..]);
    }
}

/// <param name="Checksum">CRC-32C of its bytes.</param>
internal readonly record struct Section(string Name, long Offset, long Length, uint Checksum);
