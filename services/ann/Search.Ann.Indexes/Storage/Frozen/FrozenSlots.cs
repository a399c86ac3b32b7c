using System.Runtime.CompilerServices;
using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Storage.Frozen;

/// <summary>Ids and vectors of an index that is only read: each slot has a vector and at least one id.</summary>
internal readonly struct FrozenSlots(FrozenVectors vectors, FrozenIds ids) : ICandidateSlots
{
    private readonly FrozenVectors _vectors = vectors;

    public FrozenVectors Vectors => _vectors;

    public FrozenIds Ids { get; } = ids;

    public int SlotCount { get; } = (int)(vectors.Values.Count / vectors.Dimension);

    public int OccupiedCount => SlotCount;

    public int IdCount => Ids.Count;

    public int LookAhead { get; } = RowsAhead.Of(sizeof(float) * vectors.Dimension);

    /// <summary>Whether they lie in a file, whose pages come and go.</summary>
    public bool IsMapped => _vectors.Values.Region.IsMapped;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<long> Of(int slot) => Ids.Of(slot);

    public int SlotOf(long id) => Ids.SlotOf(id);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int slot) => _vectors.Row(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => _vectors.Prefetch(slot);

    /// <summary>Gives all memory back. Nobody may be reading any more.</summary>
    public void Release()
    {
        _vectors.Values.Region.Dispose();
        var (ids, starts, byId) = Ids.Parts;
        ids.Region.Dispose();
        starts.Region.Dispose();
        byId.Region.Dispose();
    }
}
