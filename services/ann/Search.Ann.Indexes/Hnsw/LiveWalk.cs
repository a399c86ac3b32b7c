using System.Runtime.CompilerServices;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>The graph that is written to, scored by the vectors themselves.</summary>
internal readonly ref struct LiveWalk<TMetric>(HnswGraph graph, VectorRows vectors, ReadOnlySpan<float> query) : IGraphWalk
    where TMetric : struct, IMetric
{
    private readonly ReadOnlySpan<float> _query = query;

    public int Entry => graph.Entry;

    public int TopLevel => graph.TopLevel;

    public int SlotCount => graph.SlotCount;

    public int LookAhead => vectors.LookAhead;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Links(int level, int slot) => graph.Row(level, slot).Links;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int slot) => TMetric.Score(_query, vectors.Row(slot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => vectors.Prefetch(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchLinks(int level, int slot) => graph.Prefetch(level, slot);
}
