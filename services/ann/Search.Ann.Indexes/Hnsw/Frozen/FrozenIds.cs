using Search.Ann.Indexes.Statistics;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>The ids of each slot, ascending, and the slot of each id.</summary>
internal sealed class FrozenIds
{
    private readonly long[] _ids;

    // Slot s has the ids from starts[s] to before starts[s + 1]. Null where each slot has one id, which is the usual case.
    private readonly int[]? _starts;

    // Positions in _ids in order of the ids, and the slot of each position where that is not the position itself.
    private readonly int[] _byId;

    /// <param name="bySlot">At least one id each, ascending; none twice.</param>
    public FrozenIds(ReadOnlySpan<long[]> bySlot)
    {
        var ids = new List<long>(bySlot.Length);
        var starts = new int[bySlot.Length + 1];
        for (var slot = 0; slot < bySlot.Length; slot++)
        {
            starts[slot] = ids.Count;
            ids.AddRange(bySlot[slot]);
        }
        starts[bySlot.Length] = ids.Count;
        _ids = [.. ids];
        _starts = ids.Count == bySlot.Length ? null : starts;
        _byId = [.. Enumerable.Range(0, ids.Count)];
        Array.Sort(ids.ToArray(), _byId);
    }

    public long Bytes => MemorySize.Of(_ids) + MemorySize.Of(_byId) + (_starts is null ? 0 : MemorySize.Of(_starts));

    public int Count => _ids.Length;

    public ReadOnlySpan<long> Of(int slot) => _starts is null ? _ids.AsSpan(slot, 1) : _ids.AsSpan(_starts[slot].._starts[slot + 1]);

    /// <returns>-1 for an unknown id.</returns>
    public int SlotOf(long id)
    {
        int low = 0, high = _byId.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var position = _byId[middle];
            if (_ids[position] == id) return SlotAt(position);
            if (_ids[position] < id) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    private int SlotAt(int position)
    {
        if (_starts is null) return position;
        var found = Array.BinarySearch(_starts, position);
        return found >= 0 ? found : ~found - 1;
    }
}
