using System.Text;
using Search.Ann.Indexes;
using Search.Vectors.Files;

namespace Search.Ann.Local;

/// <summary>Head · ids, revisions and keys · name of the index · the index itself, which checks its own sections.</summary>
internal static class SnapshotFile
{
    private const string Magic = "SEARCHSN";
    private const int Version = 1;

    public static void Save(string path, JournalHead head, EntryTable entries, IVectorIndex index) => CollectionFolder.WriteAtomically(path, stream =>
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        head.WriteTo(writer);

        var all = entries.All;
        writer.Write(entries.NextId);
        writer.Write(all.Count);
        WriteText(writer, index.Name);
        writer.EndSection();

        foreach (var entry in all)
        {
            writer.Write(entry.Id);
            writer.Write(entry.Revision);
            WriteText(writer, entry.Key);
        }
        writer.EndSection();
        index.Save(stream);
    });

    /// <exception cref="InvalidDataException">Damaged, or of a newer version.</exception>
    public static (JournalHead Head, EntryTable Entries, IMutableVectorIndex Index) Load(string path, IndexCatalogue catalogue)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var reader = new ChecksumReader(stream);
        reader.ReadHead(Magic, Version);
        var head = JournalHead.Read(reader);

        var nextId = reader.Read<long>();
        var count = reader.Read<int>();
        var indexName = ReadText(reader);
        reader.EndSection("contents");
        reader.Require(count >= 0 && catalogue.Names.Contains(indexName), "contents", $"a count is negative or there is no index '{indexName}'");

        var entries = new Entry[count];
        for (var i = 0; i < count; i++)
        {
            var (id, revision) = (reader.Read<long>(), reader.Read<long>());
            entries[i] = new Entry(id, ReadText(reader), revision);
        }
        reader.EndSection("entries");

        var index = catalogue[indexName].Load(stream);
        reader.Require(index.Count == count && Array.TrueForAll(entries, entry => index.Contains(entry.Id)), "entries", "they are not those of the index");
        var table = new EntryTable();
        table.Restore(entries, nextId);
        return (head, table, index);
    }

    private static void WriteText(ChecksumWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(checked((ushort)bytes.Length));
        writer.Write<byte>(bytes);
    }

    private static string ReadText(ChecksumReader reader)
    {
        var bytes = new byte[reader.Read<ushort>()];
        reader.Read<byte>(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
