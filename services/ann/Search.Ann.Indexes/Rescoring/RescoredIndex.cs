using Search.Ann.Indexes.Metrics;

namespace Search.Ann.Indexes.Rescoring;

/// <summary>Makes exact scores of an index that only estimates them.</summary>
public static class RescoredIndex
{
    /// <summary><see cref="IVectorIndex.Name"/> of this kind.</summary>
    public const string IndexName = "rescored";

    /// <summary>
    /// An index whose candidates come from <paramref name="inner"/>, by codes or by vectors that lost something, and whose answers are scored by the vectors of <paramref name="source"/>: the same bits as
    /// those of every other index. <see cref="SearchOptions.Effort"/> is the number of candidates scored again; the inner index is searched at that effort, too. Both belong to the new index, which disposes of
    /// them. What the inner index is given to hold must be in the source; an id that is not is never found.
    /// </summary>
    /// <exception cref="ArgumentException">The two differ in dimension.</exception>
    public static IVectorIndex Create(IVectorIndex inner, IVectorSource source, RescoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(source);
        if (inner.Dimension != source.Dimension)
            throw new ArgumentException($"The index holds vectors of dimension {inner.Dimension}, the source of {source.Dimension}.", nameof(source));
        return MetricDispatch.Run(inner.Metric, new Creation(inner, source, options ?? new RescoringOptions()));
    }

    private sealed record Creation(IVectorIndex Inner, IVectorSource Source, RescoringOptions Options) : IMetricAction<IVectorIndex>
    {
        public IVectorIndex Run<TMetric>()
            where TMetric : struct, IMetric => new RescoringSearch<TMetric>(Inner, Source, Options);
    }
}
