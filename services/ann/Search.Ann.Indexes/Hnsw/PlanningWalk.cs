using System.Runtime.CompilerServices;
using Search.Ann.Indexes.Storage;
using Search.Vectors.Codes;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>The graph that is written to, scored by codes.</summary>
internal readonly ref struct PlanningWalk(HnswGraph graph, PlanningCodes codes, ScalarQuery query, ReadOnlySpan<sbyte> code) : IGraphWalk
{
    private readonly ReadOnlySpan<sbyte> _code = code;
    private readonly ScalarQuery _query = query;

    public int Entry => graph.Entry;

    public int TopLevel => graph.TopLevel;

    public int SlotCount => graph.SlotCount;

    public int LookAhead => RowsAhead.Of(_code.Length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Links(int level, int slot) => graph.Row(level, slot).Links;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int slot) => _query.Score(CodeKernels.Dot(codes.Code(slot), _code), codes.Constant(slot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => codes.Prefetch(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PrefetchLinks(int level, int slot) => graph.Prefetch(level, slot);
}
