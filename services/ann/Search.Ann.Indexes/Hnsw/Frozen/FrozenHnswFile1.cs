using System.Runtime.InteropServices;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage.Frozen;
using Search.Vectors.Files;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>
/// Reads version 1, a stream: shape and counts by level · the quantiser, a file of its own with its own checksums · rows · links above · vectors · ids.
/// </summary>
internal static class FrozenHnswFile1
{
    /// <param name="reader">Behind magic and version.</param>
    /// <exception cref="InvalidDataException">Damaged; it says where.</exception>
    public static IVectorIndex Load(Stream stream, ChecksumReader reader, FrozenHnswOptions options)
    {
        reader.BeginSection("shape");
        var metric = (VectorMetric)reader.Read<int>();
        var (dimension, m, levels) = (reader.Read<int>(), reader.Read<int>(), reader.Read<int>());
        reader.Require(levels is >= 0 and <= 64, "shape", "a count is out of range");
        var levelCounts = new int[levels];
        reader.Read<int>(levelCounts);
        reader.EndSection("shape");
        FrozenHnswFile.RequireShape(metric, dimension, m, levelCounts);

        reader.BeginSection("quantiser");
        var quantizer = ScalarQuantizer.Load(stream);
        reader.Require(quantizer.Dimension == dimension, "quantiser", "it is of another dimension");
        var code = new ScalarGraphCode(quantizer);

        reader.BeginSection("rows");
        var count = levelCounts.Length == 0 ? 0 : levelCounts[0];
        reader.RequireRoom(
            (Int128)count * (FrozenGraph.RowBytesOf(code.RowBytes, m) + dimension * sizeof(float) + sizeof(int) + sizeof(long))
            + levelCounts.Skip(1).Sum(above => (long)above * FrozenGraph.UpperStride(m) * sizeof(int)));
        var graph = FrozenGraph.Allocate(code.RowBytes, m, levelCounts);
        for (var slot = 0; slot < graph.Count; slot++)
            reader.Read(graph.Row(slot));
        reader.EndSection("rows");
        reader.BeginSection("links above");
        foreach (var level in graph.Upper)
            reader.Read<int>(level);
        reader.EndSection("links above");
        for (var level = 0; level < levels; level++)
        {
            for (var slot = 0; slot < levelCounts[level]; slot++)
                graph.RequireLinks(level, slot);
        }

        reader.BeginSection("vectors");
        var vectors = FrozenVectors.Allocate(dimension, graph.Count);
        for (var slot = 0; slot < graph.Count; slot++)
            reader.Read(vectors.Row(slot));
        reader.EndSection("vectors");

        reader.BeginSection("ids");
        var members = new List<long[]>(graph.Count);
        for (var slot = 0; slot < graph.Count; slot++)
        {
            var some = reader.Read<int>();
            reader.Require(some > 0, "ids", "a node has none");
            var ids = new List<long>();
            for (var i = 0; i < some; i++)
                ids.Add(reader.Read<long>());
            members.Add([.. ids]);
        }
        reader.EndSection("ids");
        var all = FrozenIds.Of(CollectionsMarshal.AsSpan(members));
        reader.Require(all.IsSound(graph.Count), "ids", "one occurs twice");
        return MetricDispatch.Run(metric, new FrozenCreation<ScalarGraphCode, ScalarCodeWalk>(code, new FrozenContents(graph, new FrozenSlots(vectors, all)), options, null));
    }
}
