using System.Text;
using Search.Ann.Local.Segments;
using Search.Contracts;
using Search.Vectors.Files;

namespace Search.Ann.Local;

/// <summary>
/// Version 2: head · contents · segments, each with the file it is mapped from or none · ids, revisions, segments and keys · the indexes of the segments that have no file, which check their own sections. Version
/// 1: the same with one index and without segments.
/// </summary>
internal static class SnapshotFile
{
    private const string Magic = "SEARCHSN";
    private const int Version = 2;

    public static void Save(string path, JournalHead head, EntryTable entries, IReadOnlyList<Segment> segments) => CollectionFolder.WriteAtomically(path, stream =>
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        head.WriteTo(writer);

        writer.Write(entries.NextId);
        writer.Write(entries.Count);
        writer.Write(segments.Count);
        writer.EndSection();

        foreach (var segment in segments)
        {
            writer.Write(segment.First);
            writer.Write(segment.Last);
            writer.Write(segment.File ?? 0);
            writer.Write(segment.Index.Count);
            WriteText(writer, segment.Kind);
        }
        writer.EndSection();

        foreach (var entry in entries.All)
        {
            writer.Write(entry.Id);
            writer.Write(entry.Revision);
            writer.Write(entry.Segment);
            WriteText(writer, entry.Key);
        }
        writer.EndSection();

        foreach (var segment in segments)
        {
            if (segment.File is null) segment.Index.Save(stream);
        }
    });

    /// <exception cref="InvalidDataException">Damaged, or of a newer version.</exception>
    public static (JournalHead Head, EntryTable Entries, SegmentList Segments) Load(string path, CollectionFolder folder, LocalSettings settings)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var reader = new ChecksumReader(stream);
        var isFirstVersion = reader.ReadHead(Magic, Version) == 1;
        var head = JournalHead.Read(reader);

        reader.BeginSection("contents");
        var (nextId, count) = (reader.Read<long>(), reader.Read<int>());
        // The one index of the first version is a segment that still takes writes.
        var segments = isFirstVersion ? [new Written(1, 1, 0, count, ReadText(reader))] : new Written[Bounded(reader.Read<int>())];
        reader.EndSection("contents");
        reader.Require(count >= 0 && nextId >= 0, "contents", "a count is negative");
        reader.BeginSection("segments");
        if (!isFirstVersion) ReadSegments(reader, segments);
        foreach (var segment in segments)
            reader.Require(settings.Catalogue.Names.Contains(segment.Kind), "segments", $"there is no kind of index '{segment.Kind}'");

        reader.BeginSection("entries");
        reader.RequireRoom((Int128)count * (2 * sizeof(long) + sizeof(ushort)));
        var entries = new Entry[count];
        for (var i = 0; i < count; i++)
        {
            var (id, revision, segment) = (reader.Read<long>(), reader.Read<long>(), isFirstVersion ? 1 : reader.Read<int>());
            entries[i] = new Entry(id, ReadText(reader), revision, segment);
        }
        reader.EndSection("entries");
        reader.Require(entries.All(entry => ImageKey.IsValid(entry.Key) && entry.Id >= 0 && entry.Id < nextId), "entries", "a key or an id is none");
        reader.Require(entries.DistinctBy(entry => entry.Id).Count() == count && entries.DistinctBy(entry => entry.Key, StringComparer.Ordinal).Count() == count, "entries", "one occurs twice");

        var list = new SegmentList([.. segments.Select(segment => Open(segment, stream, folder, settings))]);
        reader.Require(stream.Position == stream.Length, "segments", "there is something behind the last");
        foreach (var segment in list.All)
        {
            var alive = Array.FindAll(entries, segment.Holds);
            reader.Require(alive.Length <= segment.Index.Count && segment.Index.Dimension == head.Dimension, "entries", "they are not those of the index");
            reader.Require(segment.File is not null || Array.TrueForAll(alive, entry => segment.Index.Contains(entry.Id)), "entries", "they are not those of the index");
            segment.Dead = segment.Index.Count - alive.Length;
        }
        reader.Require(Array.TrueForAll(entries, entry => Array.Exists(list.All, segment => segment.Holds(entry))), "entries", "one is in no segment");
        folder.KeepSegments([.. segments.Where(segment => segment.File > 0).Select(segment => segment.File)]);
        var table = new EntryTable();
        table.Restore(entries, nextId);
        return (head, table, list);
    }

    private static int Bounded(int segments) =>
        segments is > 0 and <= 1_000_000 ? segments : throw new InvalidDataException($"The {Magic} file's section 'contents' is damaged: {segments} segments.");

    private static void ReadSegments(ChecksumReader reader, Written[] segments)
    {
        for (var i = 0; i < segments.Length; i++)
            segments[i] = new Written(reader.Read<int>(), reader.Read<int>(), reader.Read<int>(), reader.Read<int>(), ReadText(reader));
        reader.EndSection("segments");
        for (var i = 0; i < segments.Length; i++)
        {
            var isSound = segments[i].First <= segments[i].Last && segments[i].File >= 0 && (i == 0 || segments[i].First > segments[i - 1].Last);
            reader.Require(isSound, "segments", "a number is out of range");
        }
        reader.Require(segments[^1].File == 0, "segments", "none takes writes");
    }

    private static Segment Open(Written written, Stream snapshot, CollectionFolder folder, LocalSettings settings)
    {
        var factory = settings.Catalogue[written.Kind];
        if (written.File == 0) return new Segment(written.First, written.Last, factory.Load(snapshot), written.Kind);
        if (!File.Exists(folder.Segment(written.File))) throw new InvalidDataException($"The segment '{folder.Segment(written.File)}' is missing: restore it from a copy.");
        var index = factory.Open(folder.Segment(written.File), settings.Verification);
        return index.Count == written.Count
            ? new Segment(written.First, written.Last, index, written.Kind, written.File)
            : throw new InvalidDataException($"The segment '{folder.Segment(written.File)}' has {index.Count} vectors where the snapshot has {written.Count}.");
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

    /// <summary>A segment as the snapshot names it; its file 0 for one whose index is in the snapshot.</summary>
    private readonly record struct Written(int First, int Last, int File, int Count, string Kind);
}
