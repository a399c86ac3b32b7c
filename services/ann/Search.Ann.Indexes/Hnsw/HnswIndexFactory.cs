using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Metrics;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>Approximate search in logarithmic time over a navigable graph that is updated in place.</summary>
/// <param name="options">For new indexes; a loaded one keeps those it was made with, but for <see cref="HnswOptions.EfSearch"/>.</param>
public sealed class HnswIndexFactory(HnswOptions options) : IVectorIndexFactory
{
    /// <summary><see cref="Name"/> of this kind.</summary>
    public const string IndexName = "hnsw";

    /// <summary>With the options' defaults.</summary>
    public HnswIndexFactory()
        : this(new HnswOptions())
    {
    }

    /// <inheritdoc/>
    public string Name => IndexName;

    /// <inheritdoc/>
    public IMutableVectorIndex Create(IndexShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return MetricDispatch.Run(shape.Metric, new Creation(options, HnswContents.Empty(shape.Dimension, options.M)));
    }

    /// <inheritdoc/>
    public IMutableVectorIndex Load(Stream stream)
    {
        var (metric, stored, contents) = HnswFile.Load(stream);
        try
        {
            return MetricDispatch.Run(metric, new Creation(stored with { EfSearch = options.EfSearch }, contents));
        }
        catch (ArgumentException e)
        {
            // What the file's checksums cannot say: an id that is two nodes'.
            throw new InvalidDataException($"The {HnswFile.Magic} file's section 'ids' is damaged: one occurs twice.", e);
        }
    }

    /// <inheritdoc/>
    public IVectorIndex Freeze(IMutableVectorIndex index) => HnswFreezer.Freeze(index, Frozen);

    /// <inheritdoc/>
    public IVectorIndex Open(string path, FileVerification verification = FileVerification.AtOpen) => HnswFreezer.Open(path, Frozen, verification);

    private FrozenHnswOptions Frozen => new() { EfSearch = options.EfSearch };

    private sealed record Creation(HnswOptions Options, HnswContents Contents) : IMetricAction<IMutableVectorIndex>
    {
        public IMutableVectorIndex Run<TMetric>()
            where TMetric : struct, IMetric => new HnswIndex<TMetric>(Options, Contents);
    }
}
