namespace Search.Ann.Indexes.Hnsw;

/// <summary>A set of slots that is emptied by counting up: a slot is in it when its stamp is the current epoch.</summary>
internal sealed class VisitedSet
{
    private uint[] _stamps = [];
    private uint _epoch;

    /// <summary>Empties the set and makes room for slots below <paramref name="capacity"/>.</summary>
    public void Reset(int capacity)
    {
        // Headroom, so that a growing index does not cost an array a search.
        if (_stamps.Length < capacity) (_stamps, _epoch) = (new uint[capacity + capacity / 2], 0);
        if (++_epoch != 0) return;
        Array.Clear(_stamps);
        _epoch = 1;
    }

    /// <summary>True when the slot was not in the set.</summary>
    public bool Add(int slot)
    {
        ref var stamp = ref _stamps[slot];
        if (stamp == _epoch) return false;
        stamp = _epoch;
        return true;
    }
}
