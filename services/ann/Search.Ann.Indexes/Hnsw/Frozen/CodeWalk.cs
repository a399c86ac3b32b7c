using System.Runtime.CompilerServices;
using Search.Ann.Indexes.Rescoring.Codes;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>A frozen graph, scored by codes of any kind.</summary>
internal readonly ref struct CodeWalk<TCode>(FrozenGraph graph, TCode code, ReadOnlySpan<byte> prepared) : IGraphWalk
    where TCode : struct, IVectorCode
{
    private readonly ReadOnlySpan<byte> _prepared = prepared;
    private readonly TCode _code = code;
    private readonly int _length = code.RowBytes;

    public int Entry => 0;

    public int TopLevel => graph.TopLevel;

    public int SlotCount => graph.Count;

    public int LookAhead => RowsAhead.Of(graph.RowBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Links(int level, int slot) => graph.Links(level, slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Score(int slot) => _code.Score(_prepared, graph.Code(slot)[.._length]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => graph.Prefetch(slot);

    // The links lie behind the code, which has been read.
    public void PrefetchLinks(int level, int slot)
    {
    }
}
