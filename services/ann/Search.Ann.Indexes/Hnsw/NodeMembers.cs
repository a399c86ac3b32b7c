using System.Runtime.InteropServices;
using Search.Ann.Indexes.Statistics;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// The ids of each node, ascending. Equal vectors are one node with several ids: as nodes of their own they would fill each other's links
/// and cut themselves off from the rest.
/// </summary>
internal sealed class NodeMembers
{
    private readonly Dictionary<int, List<long>> _several = [];
    private long[] _sole = [];
    private int[] _counts = [];

    public int Capacity => _counts.Length;

    /// <summary>Bytes allocated; a list of several ids has two objects of some 32 bytes.</summary>
    public long Bytes => MemorySize.Of(_sole) + MemorySize.Of(_counts) + _several.Capacity * 28L + _several.Values.Sum(ids => 64 + 8L * ids.Capacity);

    public void EnsureCapacity(int slots)
    {
        if (slots <= Capacity) return;
        var capacity = Math.Max(slots, Capacity + Capacity / 2);
        Array.Resize(ref _sole, capacity);
        Array.Resize(ref _counts, capacity);
    }

    /// <summary>Gives up the room for slots from here on, which have no ids.</summary>
    public void Trim(int slots)
    {
        Array.Resize(ref _sole, slots);
        Array.Resize(ref _counts, slots);
        _several.TrimExcess();
    }

    /// <summary>Gives all ids of a node to another slot, which has none.</summary>
    public void Move(int from, int to)
    {
        (_counts[to], _counts[from]) = (_counts[from], 0);
        _sole[to] = _sole[from];
        if (_several.Remove(from, out var ids)) _several.Add(to, ids);
    }

    public ReadOnlySpan<long> Of(int slot) => _counts[slot] switch
    {
        0 => [],
        1 => new ReadOnlySpan<long>(in _sole[slot]),
        _ => CollectionsMarshal.AsSpan(_several[slot]),
    };

    /// <summary>The id must be new to the node.</summary>
    public void Add(int slot, long id)
    {
        if (++_counts[slot] == 1)
        {
            _sole[slot] = id;
            return;
        }
        if (_counts[slot] == 2) _several.Add(slot, [_sole[slot]]);
        var ids = _several[slot];
        ids.Insert(~ids.BinarySearch(id), id);
    }

    /// <summary>The id must be one of the node's.</summary>
    public void Remove(int slot, long id)
    {
        if (--_counts[slot] == 0) return;
        var ids = _several[slot];
        ids.RemoveAt(ids.BinarySearch(id));
        if (ids.Count > 1) return;
        _sole[slot] = ids[0];
        _several.Remove(slot);
    }
}
