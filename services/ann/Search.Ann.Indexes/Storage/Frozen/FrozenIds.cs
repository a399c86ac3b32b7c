namespace Search.Ann.Indexes.Storage.Frozen;

/// <summary>The ids of each slot, ascending, and the slot of each id: 12 bytes an id.</summary>
internal sealed class FrozenIds
{
    private readonly RegionSlice<long> _ids;

    // Slot s has the ids from starts[s] to before starts[s + 1]. Empty where each slot has one id, which is the usual case.
    private readonly RegionSlice<int> _starts;

    // Positions in _ids in order of the ids.
    private readonly RegionSlice<int> _byId;

    public FrozenIds(RegionSlice<long> ids, RegionSlice<int> starts, RegionSlice<int> byId)
    {
        _ids = ids;
        _starts = starts;
        _byId = byId;
    }

    public int Count => (int)_ids.Count;

    public long Bytes => _ids.Bytes + _starts.Bytes + _byId.Bytes;

    public (RegionSlice<long> Ids, RegionSlice<int> Starts, RegionSlice<int> ById) Parts => (_ids, _starts, _byId);

    /// <param name="bySlot">At least one id each, ascending; none twice.</param>
    public static FrozenIds Of(ReadOnlySpan<long[]> bySlot)
    {
        var count = 0;
        foreach (var members in bySlot)
            count += members.Length;
        var ids = RegionSlice<long>.Allocate(count);
        var starts = RegionSlice<int>.Allocate(count == bySlot.Length ? 0 : bySlot.Length + 1);
        var at = 0;
        for (var slot = 0; slot < bySlot.Length; slot++)
        {
            if (starts.Count > 0) starts.At(slot) = at;
            bySlot[slot].CopyTo(ids.Span(at, bySlot[slot].Length));
            at += bySlot[slot].Length;
        }
        if (starts.Count > 0) starts.At(bySlot.Length) = at;
        var byId = RegionSlice<int>.Allocate(count);
        for (var position = 0; position < count; position++)
            byId.At(position) = position;
        ids.All.ToArray().AsSpan().Sort(byId.All);
        return new FrozenIds(ids, starts, byId);
    }

    /// <summary>Whether so many slots have at least one id each, and the order is one: so that no lookup leads out of the arrays or gives a wrong answer.</summary>
    public bool IsSound(int slots)
    {
        if (_byId.Count != _ids.Count || _starts.Count != 0 && _starts.Count != slots + 1L || _starts.Count == 0 && _ids.Count != slots) return false;
        for (var slot = 0; slot < _starts.Count; slot++)
        {
            var (first, last) = (slot == 0, slot == _starts.Count - 1);
            if (first && _starts.At(slot) != 0 || !first && _starts.At(slot) <= _starts.At(slot - 1) || last && _starts.At(slot) != _ids.Count) return false;
        }
        for (var i = 0; i < _byId.Count; i++)
        {
            if ((ulong)_byId.At(i) >= (ulong)_ids.Count || i > 0 && _ids.At(_byId.At(i)) <= _ids.At(_byId.At(i - 1))) return false;
        }
        return true;
    }

    public ReadOnlySpan<long> Of(int slot) => _starts.Count == 0 ? _ids.Span(slot, 1) : _ids.Span(_starts.At(slot), _starts.At(slot + 1) - _starts.At(slot));

    /// <summary>Ascending.</summary>
    public long[] List()
    {
        var ids = _ids.All.ToArray();
        Array.Sort(ids);
        return ids;
    }

    /// <returns>-1 for an unknown id.</returns>
    public int SlotOf(long id)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var position = _byId.At(middle);
            var found = _ids.At(position);
            if (found == id) return SlotAt(position);
            if (found < id) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    private int SlotAt(int position)
    {
        if (_starts.Count == 0) return position;
        var found = _starts.All.BinarySearch(position);
        return found >= 0 ? found : ~found - 1;
    }
}
