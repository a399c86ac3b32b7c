using Search.Ann.Indexes.Filters;

namespace Search.Ann.Indexes.Candidates;

internal readonly struct TableIds(SlotTable table) : ISlotIds
{
    public int SlotCount => table.SlotCount;

    public ReadOnlySpan<long> Of(int slot) => table.Members.Of(slot);

    public int SlotOf(long id) => table.TryGetSlot(id, out var slot) ? slot : -1;
}
