using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Storage;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// Options · and for the tables that answer and those being filled, where there are any: their measures · functions · the buckets of each slot. Each a section
/// with its checksum. The order within buckets means nothing and is not kept.
/// </summary>
internal static class LshFile
{
    public const string Magic = "SEARCHLS";

    public static void Save(ChecksumWriter writer, LshOptions options, SlotTable table, LshSource source)
    {
        var (serving, next, moved) = source.State;
        writer.Write(options.Tables);
        writer.Write(options.Functions);
        writer.Write(options.Width);
        writer.Write(options.ExpectedCount);
        writer.Write(options.Seed);
        writer.Write(serving is null ? 0 : 1);
        writer.Write(next is null ? 0 : 1);
        writer.Write(moved);
        writer.EndSection();
        if (serving is not null) Save(writer, table, serving);
        if (next is not null) Save(writer, table, next);
    }

    /// <param name="options">Those that are not stored.</param>
    public static LshSource Load(ChecksumReader reader, LshOptions options, VectorMetric metric, SlotTable table)
    {
        reader.BeginSection("hashing");
        var (tables, functions, width) = (reader.Read<int>(), reader.Read<int>(), reader.Read<float>());
        var (expected, seed) = (reader.Read<int>(), reader.Read<ulong>());
        var (hasServing, hasNext, moved) = (reader.Read<int>(), reader.Read<int>(), reader.Read<int>());
        reader.EndSection("hashing");
        reader.Require(
            tables is >= 1 and <= 64 && functions is >= 0 and <= HashFunctions.MostPerTable && float.IsFinite(width) && width >= 0 && expected is >= 0 and <= 1 << 30,
            "hashing", "an option is out of range");
        reader.Require(hasServing is 0 or 1 && hasNext is 0 or 1 && moved >= 0 && moved <= table.SlotCount, "hashing", "a value is out of range");
        var stored = options with { Tables = tables, Functions = functions, Width = width, ExpectedCount = expected, Seed = seed };
        var serving = hasServing == 1 ? Load(reader, stored, metric, table, isWhole: true) : null;
        var next = hasNext == 1 ? Load(reader, stored, metric, table, isWhole: false) : null;
        return new LshSource(stored, metric, table) { State = (serving, next, moved) };
    }

    private static void Save(ChecksumWriter writer, SlotTable table, HashTables tables)
    {
        var functions = tables.Functions;
        writer.Write(tables.Expected);
        writer.Write(functions.PerTable);
        writer.Write(functions.Width);
        writer.Write(functions.Reach);
        writer.EndSection();

        for (var f = 0; f < functions.Count; f++)
            writer.Write<float>(functions.Directions.Row(f));
        writer.Write<float>(functions.Offsets);
        writer.Write<float>(functions.Lifts);
        writer.EndSection();

        for (var slot = 0; slot < table.SlotCount; slot++)
        {
            if (!table.IsOccupied(slot)) continue;
            writer.Write(tables.Contains(slot) ? 1 : 0);
            if (tables.Contains(slot)) writer.Write(tables.Places(slot));
        }
        writer.EndSection();
    }

    private static HashTables Load(ChecksumReader reader, LshOptions options, VectorMetric metric, SlotTable table, bool isWhole)
    {
        reader.BeginSection("tables");
        var (expected, perTable) = (reader.Read<int>(), reader.Read<int>());
        var (width, reach) = (reader.Read<float>(), reader.Read<float>());
        reader.EndSection("tables");
        reader.Require(expected is >= 1 and <= 1 << 30 && perTable is >= 1 and <= HashFunctions.MostPerTable, "tables", "a number is out of range");
        reader.Require(
            float.IsFinite(width) && float.IsFinite(reach) && width >= 0 && reach >= 0 && width > 0 == (metric == VectorMetric.SquaredL2) && reach > 0 == (metric == VectorMetric.InnerProduct),
            "tables", "a measure is out of range");

        reader.BeginSection("functions");
        reader.RequireRoom((Int128)options.Tables * perTable * (table.Vectors.Dimension + 2) * sizeof(float));
        var functions = new HashFunctions(options.Tables, perTable, width, reach, new VectorRows(table.Vectors.Dimension), options.Seed);
        functions.Directions.EnsureCapacity(functions.Count);
        for (var f = 0; f < functions.Count; f++)
            reader.Read(functions.Directions.Row(f));
        reader.Read<float>(functions.Offsets);
        reader.Read<float>(functions.Lifts);
        reader.EndSection("functions");

        reader.BeginSection("buckets");
        // Empty ones are not in the file, and their number is what the file says.
        reader.Require(expected <= Math.Max(options.ExpectedCount, 2L * Math.Max(LshSource.LeastCount, table.SlotCount)), "tables", "they are for more vectors than there ever were");
        reader.Require((Int128)options.Tables * HashTables.BytesOf(expected) < GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, "tables", "its buckets take more memory than there is");
        var tables = new HashTables(expected, functions, table);
        var places = new int[options.Tables];
        for (var slot = 0; slot < table.SlotCount; slot++)
        {
            if (!table.IsOccupied(slot)) continue;
            var isThere = reader.Read<int>();
            reader.Require(isThere == 1 || isThere == 0 && !isWhole, "buckets", "a vector is missing");
            if (isThere == 0) continue;
            reader.Read<int>(places);
            foreach (var place in places)
                reader.Require(place >= 0 && place < tables.BucketCount, "buckets", "one does not exist");
            tables.Add(slot, places);
        }
        reader.EndSection("buckets");
        return tables;
    }
}
