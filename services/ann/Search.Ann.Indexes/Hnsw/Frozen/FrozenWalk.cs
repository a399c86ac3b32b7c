using System.Runtime.CompilerServices;
using Search.Ann.Indexes.Storage;
using Search.Vectors.Codes;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>A frozen graph, scored by its codes.</summary>
internal readonly ref struct FrozenWalk(FrozenGraph graph, ScalarQuery query, ReadOnlySpan<sbyte> code) : IGraphWalk
{
    private readonly ReadOnlySpan<sbyte> _code = code;
    private readonly ScalarQuery _query = query;

    public int Entry => 0;

    public int TopLevel => graph.TopLevel;

    public int SlotCount => graph.Count;

    public int LookAhead => RowsAhead.Of(graph.RowBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Links(int level, int slot) => graph.Links(level, slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int slot) => _query.Score(CodeKernels.Dot(graph.Code(slot), _code), graph.Constant(slot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => graph.Prefetch(slot);

    // The links lie behind the code, which has been read.
    public void PrefetchLinks(int level, int slot)
    {
    }
}
