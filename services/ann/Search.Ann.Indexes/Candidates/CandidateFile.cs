using Search.Vectors.Files;

namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// Shape · free slots · vectors · ids · what the kind of index adds, each section with its checksum. Slots keep their numbers, so an index goes
/// on after a reload exactly as it would have without.
/// </summary>
internal static class CandidateFile
{
    private const int Version = 1;

    public static void Save(Stream stream, string magic, IndexShape shape, SlotTable table, ICandidateSource source)
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(magic, Version);
        writer.Write((int)shape.Metric);
        writer.Write(shape.Dimension);
        writer.Write(table.SlotCount);
        writer.Write(table.SlotCount - table.OccupiedCount);
        writer.EndSection();

        foreach (var slot in table.Free)
            writer.Write(slot);
        writer.EndSection();

        for (var slot = 0; slot < table.SlotCount; slot++)
        {
            if (table.IsOccupied(slot)) writer.Write<float>(table.Vectors.Row(slot));
        }
        writer.EndSection();

        for (var slot = 0; slot < table.SlotCount; slot++)
        {
            if (!table.IsOccupied(slot)) continue;
            var ids = table.Members.Of(slot);
            writer.Write(ids.Length);
            writer.Write(ids);
        }
        writer.EndSection();
        source.Save(writer);
    }

    /// <summary>Reads as far as the kind's own sections.</summary>
    /// <exception cref="InvalidDataException">Not such a file, of a newer version, or damaged.</exception>
    public static (IndexShape Shape, SlotTable Table) Load(ChecksumReader reader, string magic)
    {
        reader.ReadHead(magic, Version);
        reader.BeginSection("shape");
        var (metric, dimension) = ((VectorMetric)reader.Read<int>(), reader.Read<int>());
        var (slotCount, freeCount) = (reader.Read<int>(), reader.Read<int>());
        reader.EndSection("shape");
        reader.Require(Enum.IsDefined(metric) && dimension is > 0 and <= IndexShape.MaxDimension, "shape", "metric or dimension is out of range");
        reader.Require(freeCount >= 0 && freeCount <= slotCount, "shape", "a count is out of range");

        reader.BeginSection("free slots");
        // A place in this list, or a vector and at least one id with their number.
        reader.RequireRoom((Int128)freeCount * sizeof(int) + (Int128)(slotCount - freeCount) * (dimension * sizeof(float) + sizeof(int) + sizeof(long)));
        var free = new int[freeCount];
        reader.Read<int>(free);
        reader.EndSection("free slots");
        var isFree = new bool[slotCount];
        foreach (var slot in free)
        {
            reader.Require(slot >= 0 && slot < slotCount && !isFree[slot], "free slots", "one is out of range or there twice");
            isFree[slot] = true;
        }

        reader.BeginSection("vectors");
        var table = new SlotTable(dimension);
        table.RestoreSlots(slotCount, free);
        for (var slot = 0; slot < slotCount; slot++)
        {
            if (!isFree[slot]) reader.Read(table.Vectors.Row(slot));
        }
        reader.EndSection("vectors");

        reader.BeginSection("ids");
        for (var slot = 0; slot < slotCount; slot++)
        {
            if (!isFree[slot]) ReadIds(reader, table, slot);
        }
        reader.EndSection("ids");
        return (new IndexShape(metric, dimension), table);
    }

    private static void ReadIds(ChecksumReader reader, SlotTable table, int slot)
    {
        var count = reader.Read<int>();
        // One at a time: the number is not proven yet, and the stream ends before the memory does.
        reader.Require(count >= 1, "ids", "a vector has none");
        for (var i = 0; i < count; i++)
            reader.Require(table.TryRestoreIds(slot, [reader.Read<long>()]), "ids", "one occurs twice");
    }
}
