using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Exact;

/// <summary>Exact search by a scan of all vectors: the oracle of every other index, and the fastest one for small collections.</summary>
public sealed class ExactIndexFactory : IVectorIndexFactory
{
    /// <summary><see cref="Name"/> of this kind.</summary>
    public const string IndexName = "exact";

    /// <inheritdoc/>
    public string Name => IndexName;

    /// <inheritdoc/>
    public IMutableVectorIndex Create(IndexShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return MetricDispatch.Run(shape.Metric, new Creation(new VectorRows(shape.Dimension), []));
    }

    /// <inheritdoc/>
    public IMutableVectorIndex Load(Stream stream) => ExactIndexFile.Load(stream);

    /// <summary>An index of given contents, compiled for its metric.</summary>
    internal sealed record Creation(VectorRows Vectors, long[] Ids) : IMetricAction<IMutableVectorIndex>
    {
        public IMutableVectorIndex Run<TMetric>()
            where TMetric : struct, IMetric => new ExactIndex<TMetric>(Vectors, Ids);
    }
}
