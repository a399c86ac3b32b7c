using Search.Vectors.Files;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// Shape and options · levels · free slots · vectors · links · ids, each section with its checksum. Slots keep their numbers, so an index
/// goes on after a reload exactly as it would have without.
/// </summary>
internal static class HnswFile
{
    public const string Magic = "SEARCHNW";
    private const int Version = 2;

    public static void Save(Stream stream, IndexShape shape, HnswOptions options, HnswContents contents)
    {
        var (graph, vectors, members, free) = contents;
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        writer.Write((int)shape.Metric);
        writer.Write(shape.Dimension);
        writer.Write(options.M);
        writer.Write(options.EfConstruction);
        writer.Write(options.Seed);
        writer.Write(options.Alpha);
        writer.Write(graph.SlotCount);
        writer.Write(graph.Entry);
        writer.Write(free.Count);
        writer.EndSection();

        for (var slot = 0; slot < graph.SlotCount; slot++)
            writer.Write((sbyte)graph.Level(slot));
        writer.EndSection();

        // A stack enumerates from its top.
        foreach (var slot in free.Reverse())
            writer.Write(slot);
        writer.EndSection();

        foreach (var slot in Nodes(graph))
            writer.Write<float>(vectors.Row(slot));
        writer.EndSection();

        foreach (var slot in Nodes(graph))
        {
            for (var level = 0; level <= graph.Level(slot); level++)
            {
                var row = graph.Row(level, slot);
                writer.Write<int>(row.Raw[..(LinkRow.Overhead + row.Count)]);
            }
        }
        writer.EndSection();

        foreach (var slot in Nodes(graph))
        {
            var ids = members.Of(slot);
            writer.Write(ids.Length);
            writer.Write(ids);
        }
        writer.EndSection();
    }

    public static (VectorMetric Metric, HnswOptions Options, HnswContents Contents) Load(Stream stream)
    {
        var reader = new ChecksumReader(stream);
        var version = reader.ReadHead(Magic, Version);
        reader.BeginSection("shape");
        var metric = (VectorMetric)reader.Read<int>();
        var dimension = reader.Read<int>();
        var (m, efConstruction, seed) = (reader.Read<int>(), reader.Read<int>(), reader.Read<ulong>());
        // Version 1 knew only the paper's rule.
        var alpha = version >= 2 ? reader.Read<float>() : 1;
        var (slotCount, entry, freeCount) = (reader.Read<int>(), reader.Read<int>(), reader.Read<int>());
        reader.EndSection("shape");
        reader.Require(Enum.IsDefined(metric) && dimension is > 0 and <= IndexShape.MaxDimension, "shape", "metric or dimension is out of range");
        reader.Require(m is >= 4 and <= 128 && efConstruction is >= 1 and <= 10_000 && alpha is >= 1 and <= HnswOptions.MostAlpha, "shape", "an option is out of range");
        reader.Require(slotCount >= 0 && freeCount >= 0 && freeCount <= slotCount, "shape", "a count is out of range");
        reader.Require(entry >= HnswGraph.NoSlot && entry < slotCount && entry == HnswGraph.NoSlot == (freeCount == slotCount), "shape", "the entry is out of range");

        reader.BeginSection("levels");
        // A level, and the place in the list of free ones or a vector, the heads of its links and the number of its ids.
        reader.RequireRoom(slotCount + (Int128)freeCount * sizeof(int) + (Int128)(slotCount - freeCount) * (dimension * sizeof(float) + LinkRow.Overhead * sizeof(int) + sizeof(int)));
        var contents = HnswContents.Empty(dimension, m);
        var (graph, vectors, members, free) = contents;
        graph.EnsureCapacity(slotCount);
        graph.SlotCount = slotCount;
        vectors.EnsureCapacity(slotCount);
        members.EnsureCapacity(slotCount);

        var levels = new sbyte[slotCount];
        reader.Read<sbyte>(levels);
        reader.EndSection("levels");
        reader.RequireRoom(levels.Sum(level => (level + 1L) * LinkRow.Overhead * sizeof(int)));
        for (var slot = 0; slot < slotCount; slot++)
        {
            if (levels[slot] >= 0) graph.Occupy(slot, levels[slot]);
        }
        reader.Require(levels.Count(level => level < 0) == freeCount, "levels", "they disagree with the number of free slots");
        reader.Require(entry == HnswGraph.NoSlot || levels[entry] == levels.Max(), "levels", "the entry is not on the highest");
        graph.Entry = entry;

        reader.BeginSection("free slots");
        var freeSlots = new int[freeCount];
        reader.Read<int>(freeSlots);
        reader.EndSection("free slots");
        foreach (var slot in freeSlots)
        {
            reader.Require(slot >= 0 && slot < slotCount && levels[slot] < 0, "free slots", "one is not free");
            free.Push(slot);
        }

        reader.BeginSection("vectors");
        foreach (var slot in Nodes(graph))
            reader.Read(vectors.Row(slot));
        reader.EndSection("vectors");

        reader.BeginSection("links");
        foreach (var slot in Nodes(graph))
        {
            for (var level = 0; level <= levels[slot]; level++)
                ReadLinks(reader, graph, level, slot);
        }
        reader.EndSection("links");

        reader.BeginSection("ids");
        foreach (var slot in Nodes(graph))
            ReadIds(reader, members, slot);
        reader.EndSection("ids");
        return (metric, new HnswOptions { M = m, EfConstruction = efConstruction, Seed = seed, Alpha = alpha }, contents);
    }

    private static void ReadLinks(ChecksumReader reader, HnswGraph graph, int level, int slot)
    {
        var row = graph.Row(level, slot).Raw;
        reader.Read(row[..LinkRow.Overhead]);
        reader.Require(row[0] >= 0 && row[0] <= graph.MaxLinks(level), "links", "a node has too many");
        reader.Read(row.Slice(LinkRow.Overhead, row[0]));
        reader.Require(row[1] == LinkRow.NoParent || row.Slice(LinkRow.Overhead, row[0]).Contains(row[1]), "links", "a parent is no neighbour");
        foreach (var link in row.Slice(LinkRow.Overhead, row[0]))
            reader.Require(link >= 0 && link < graph.SlotCount && graph.Level(link) >= level, "links", "one leads nowhere");
    }

    private static void ReadIds(ChecksumReader reader, NodeMembers members, int slot)
    {
        var count = reader.Read<int>();
        reader.Require(count >= 0, "ids", "a count is negative");
        long previous = 0;
        for (var i = 0; i < count; i++)
        {
            var id = reader.Read<long>();
            reader.Require(i == 0 || id > previous, "ids", "they are out of order");
            members.Add(slot, id);
            previous = id;
        }
    }

    private static IEnumerable<int> Nodes(HnswGraph graph)
    {
        for (var slot = 0; slot < graph.SlotCount; slot++)
        {
            if (graph.Level(slot) != HnswGraph.Free) yield return slot;
        }
    }
}
