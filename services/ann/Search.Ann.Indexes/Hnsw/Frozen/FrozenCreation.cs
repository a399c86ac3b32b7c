using Search.Ann.Indexes.Metrics;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>A frozen index of given parts, compiled for its metric and its code.</summary>
internal sealed record FrozenCreation<TCode, TWalk>(TCode Code, FrozenContents Contents, FrozenHnswOptions Options, Func<FrozenGraph>? Proof) : IMetricAction<IVectorIndex>
    where TCode : struct, IGraphCode<TWalk>
    where TWalk : struct, IGraphWalk, allows ref struct
{
    public IVectorIndex Run<TMetric>()
        where TMetric : struct, IMetric => new FrozenHnswIndex<TMetric, TCode, TWalk>(Code, Contents, Options, Proof);
}
