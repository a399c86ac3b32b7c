using System.Runtime.CompilerServices;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>A set of slots that is emptied by counting up: a slot is in it when its stamp is the current epoch. Two bytes a slot, so that more of it stays in the cache.</summary>
internal sealed class VisitedSet
{
    private ushort[] _stamps = [];
    private ushort _epoch;

    /// <summary>Empties the set and makes room for slots below <paramref name="capacity"/>.</summary>
    public void Reset(int capacity)
    {
        // Headroom, so that a growing index does not cost an array a search.
        if (_stamps.Length < capacity) (_stamps, _epoch) = (new ushort[capacity + capacity / 2], 0);
        if (++_epoch != 0) return;
        Array.Clear(_stamps);
        _epoch = 1;
    }

    public bool Contains(int slot) => _stamps[slot] == _epoch;

    public void Remove(int slot) => _stamps[slot] = 0;

    /// <summary>True when the slot was not in the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Add(int slot)
    {
        ref var stamp = ref _stamps[slot];
        var isNew = stamp != _epoch;
        stamp = _epoch;
        return isNew;
    }
}
