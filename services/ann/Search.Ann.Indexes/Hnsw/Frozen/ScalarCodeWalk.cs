using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Ann.Indexes.Storage;
using Search.Vectors.Codes;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>A frozen graph, scored by 8-bit codes: what the query brings beside its own code stays in registers.</summary>
internal readonly ref struct ScalarCodeWalk(FrozenGraph graph, ScalarQuery query, ReadOnlySpan<sbyte> code) : IGraphWalk
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
    public float Score(int slot)
    {
        ref var row = ref MemoryMarshal.GetReference(graph.Code(slot));
        var constant = Unsafe.ReadUnaligned<float>(ref Unsafe.Add(ref row, graph.CodeBytes - sizeof(float)));
        return _query.Score(CodeKernels.Dot(MemoryMarshal.CreateReadOnlySpan(ref row, _code.Length), _code), constant);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => graph.Prefetch(slot);

    // The links lie behind the code, which has been read.
    public void PrefetchLinks(int level, int slot)
    {
    }
}
