using System.Runtime.InteropServices;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;
using Search.Vectors.Files;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>
/// Shape and counts by level · the quantiser, a file of its own with its own checksums · rows (code, constant, links on level 0) · links above · vectors · ids.
/// Each section has its checksum; what is loaded answers as what was saved.
/// </summary>
internal static class FrozenHnswFile
{
    private const string Magic = "SEARCHFZ";
    private const int Version = 1;
    private const int MostLevels = 64;

    public static void Save(Stream stream, VectorMetric metric, FrozenGraph graph, ScalarQuantizer quantizer, VectorRows vectors, FrozenIds ids)
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        writer.Write((int)metric);
        writer.Write(vectors.Dimension);
        writer.Write(graph.M);
        writer.Write(graph.LevelCounts.Length);
        writer.Write<int>(graph.LevelCounts);
        writer.EndSection();

        quantizer.Save(stream);

        for (var slot = 0; slot < graph.Count; slot++)
            writer.Write<byte>(graph.Row(slot));
        writer.EndSection();

        foreach (var level in graph.Upper)
            writer.Write<int>(level);
        writer.EndSection();

        for (var slot = 0; slot < graph.Count; slot++)
            writer.Write<float>(vectors.Row(slot));
        writer.EndSection();

        for (var slot = 0; slot < graph.Count; slot++)
        {
            writer.Write(ids.Of(slot).Length);
            writer.Write(ids.Of(slot));
        }
        writer.EndSection();
    }

    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    public static IVectorIndex Load(Stream stream, FrozenHnswOptions options)
    {
        var reader = new ChecksumReader(stream);
        reader.ReadHead(Magic, Version);
        var metric = (VectorMetric)reader.Read<int>();
        var (dimension, m, levels) = (reader.Read<int>(), reader.Read<int>(), reader.Read<int>());
        reader.Require(levels is >= 0 and <= MostLevels, "shape", "a count is out of range");
        var levelCounts = new int[levels];
        reader.Read<int>(levelCounts);
        reader.EndSection("shape");
        reader.Require(Enum.IsDefined(metric) && dimension is > 0 and <= IndexShape.MaxDimension, "shape", "metric or dimension is out of range");
        reader.Require(m is >= 4 and <= HnswOptions.LargestM, "shape", "an option is out of range");
        reader.Require(levelCounts.Zip(levelCounts.Skip(1)).All(pair => pair.First >= pair.Second) && levelCounts.All(count => count > 0), "shape", "a count is out of range");

        var quantizer = ScalarQuantizer.Load(stream);
        reader.Require(quantizer.Dimension == dimension, "quantiser", "it is of another dimension");

        var graph = new FrozenGraph(dimension, m, levelCounts);
        for (var slot = 0; slot < graph.Count; slot++)
            reader.Read(graph.Row(slot));
        reader.EndSection("rows");
        foreach (var level in graph.Upper)
            reader.Read<int>(level);
        reader.EndSection("links above");
        for (var level = 0; level < levels; level++)
        {
            for (var slot = 0; slot < levelCounts[level]; slot++)
                RequireLinks(reader, graph, level, slot);
        }

        var vectors = new VectorRows(dimension);
        vectors.EnsureCapacity(Math.Max(1, graph.Count));
        for (var slot = 0; slot < graph.Count; slot++)
            reader.Read(vectors.Row(slot));
        reader.EndSection("vectors");

        var members = new List<long[]>(graph.Count);
        for (var slot = 0; slot < graph.Count; slot++)
        {
            var count = reader.Read<int>();
            reader.Require(count > 0, "ids", "a node has none");
            var ids = new List<long>();
            for (var i = 0; i < count; i++)
                ids.Add(reader.Read<long>());
            members.Add([.. ids]);
        }
        reader.EndSection("ids");
        return MetricDispatch.Run(metric, new Creation(graph, quantizer, vectors, new FrozenIds(CollectionsMarshal.AsSpan(members)), options));
    }

    // Checksums tell damage; a file made on purpose must not lead a search out of the arrays either.
    private static void RequireLinks(ChecksumReader reader, FrozenGraph graph, int level, int slot)
    {
        var count = graph.LinkCountOf(level, slot);
        reader.Require(count >= 0 && count <= (level == 0 ? 2 * graph.M : graph.M), "rows", "a node has too many links");
        foreach (var link in graph.Links(level, slot))
            reader.Require(link >= 0 && link < graph.LevelCounts[level], "rows", "a link leads nowhere");
    }

    private sealed record Creation(FrozenGraph Graph, ScalarQuantizer Quantizer, VectorRows Vectors, FrozenIds Ids, FrozenHnswOptions Options) : IMetricAction<IVectorIndex>
    {
        public IVectorIndex Run<TMetric>()
            where TMetric : struct, IMetric => new FrozenHnswIndex<TMetric>(Graph, Quantizer, Vectors, Ids, Options);
    }
}
