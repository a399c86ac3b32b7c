using System.Diagnostics;
using Search.Ann.Indexes.Metrics;
using Search.Vectors.Quantization;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>Makes the read-only form of a graph.</summary>
public static class HnswFreezer
{
    /// <summary>
    /// Copies the graph as it stands into an index that is only searched: several times faster at equal recall, since it walks over 8-bit codes that lie
    /// beside their links. The live index is not changed and may be disposed of. Writers wait meanwhile.
    /// </summary>
    /// <exception cref="ArgumentException">Not an HNSW index.</exception>
    public static IVectorIndex Freeze(IVectorIndex live, FrozenHnswOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(live);
        return live is IFreezable freezable
            ? freezable.Freeze(options ?? new FrozenHnswOptions())
            : throw new ArgumentException($"An index of kind '{live.Name}' is no HNSW graph.", nameof(live));
    }

    /// <summary>Reads what <see cref="IVectorIndex.Save"/> of a frozen index wrote.</summary>
    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    public static IVectorIndex Load(Stream stream, FrozenHnswOptions? options = null) => FrozenHnswFile.Load(stream, options ?? new FrozenHnswOptions());

    /// <summary>
    /// Opens a file that <see cref="IVectorIndex.Save"/> of a frozen index wrote, without reading its vectors: they stay on the disk, mapped, and a search brings those that it scores. The file
    /// may be deleted, but never changed, while the index is open.
    /// </summary>
    /// <exception cref="InvalidDataException">Not such a file, of a newer format, or damaged; it says where.</exception>
    public static IVectorIndex Open(string path, FrozenHnswOptions? options = null, FileVerification verification = FileVerification.AtOpen)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FrozenHnswFile.Open(path, options ?? new FrozenHnswOptions(), verification);
    }

    internal static FrozenHnswIndex<TMetric> Freeze<TMetric>(HnswContents contents, FrozenHnswOptions options)
        where TMetric : struct, IMetric
    {
        var started = Stopwatch.GetTimestamp();
        var (graph, vectors, members, _) = contents;
        var order = GraphOrder.Of(graph, out var levelCounts);
        var frozen = FrozenGraph.Allocate(vectors.Dimension, graph.M, levelCounts);
        var copies = FrozenVectors.Allocate(vectors.Dimension, order.Length);
        for (var slot = 0; slot < order.Length; slot++)
            vectors.Row(order[slot]).CopyTo(copies.Row(slot));

        var quantizer = Quantizer(copies, order.Length, TMetric.Kind, options);
        var renamed = new int[graph.SlotCount];
        for (var slot = 0; slot < order.Length; slot++)
            renamed[order[slot]] = slot;
        Span<int> links = stackalloc int[2 * graph.M];
        for (var slot = 0; slot < order.Length; slot++)
        {
            // What no link or code fills goes into files too.
            frozen.Row(slot).Clear();
            frozen.Constant(slot) = quantizer.Encode(copies.Row(slot), frozen.Code(slot));
            for (var level = 0; level <= graph.Level(order[slot]); level++)
            {
                var live = graph.Row(level, order[slot]).Links;
                for (var i = 0; i < live.Length; i++)
                    links[i] = renamed[live[i]];
                frozen.SetLinks(level, slot, links[..live.Length]);
            }
        }
        var ids = FrozenIds.Of([.. order.Select(slot => members.Of(slot).ToArray())]);
        return new FrozenHnswIndex<TMetric>(new FrozenContents(frozen, quantizer, copies, ids), options, buildTime: Stopwatch.GetElapsedTime(started));
    }

    private static ScalarQuantizer Quantizer(FrozenVectors vectors, int count, VectorMetric metric, FrozenHnswOptions options)
    {
        var dimension = vectors.Dimension;
        var rows = Math.Clamp(options.TrainingSample, 1, Math.Max(1, count));
        var sample = new float[rows * dimension];
        for (var row = 0; row < Math.Min(rows, count); row++)
            vectors.Row((int)((long)row * count / rows)).CopyTo(sample.AsSpan(row * dimension));
        return ScalarQuantizer.Train(
            new TrainingSample(sample, dimension),
            metric.ForCodes(),
            new ScalarQuantizerOptions { ClippedShare = options.ClippedShare });
    }
}

/// <summary>An index that can be made read-only.</summary>
internal interface IFreezable
{
    IVectorIndex Freeze(FrozenHnswOptions options);
}
