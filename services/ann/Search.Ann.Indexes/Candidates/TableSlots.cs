using System.Runtime.CompilerServices;

namespace Search.Ann.Indexes.Candidates;

/// <summary>Those of an index that is written to.</summary>
internal readonly struct TableSlots(SlotTable table) : ICandidateSlots
{
    public int SlotCount => table.SlotCount;

    public int OccupiedCount => table.OccupiedCount;

    public int IdCount => table.IdCount;

    public int LookAhead => table.Vectors.LookAhead;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<long> Of(int slot) => table.Members.Of(slot);

    public int SlotOf(long id) => table.TryGetSlot(id, out var slot) ? slot : -1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int slot) => table.Vectors.Row(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => table.Vectors.Prefetch(slot);
}
