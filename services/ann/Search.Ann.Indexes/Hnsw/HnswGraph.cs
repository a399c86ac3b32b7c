using System.Runtime.CompilerServices;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// The links, and nothing that decides about them. Level 0, where searches spend their time, is one contiguous row a node in blocks; the
/// upper levels, which one node in M has, lie beside it.
/// </summary>
/// <remarks>
/// Two invariants hold between any two writes. Links go both ways, so a node's neighbours are exactly the nodes that lead to it, and removing
/// it is local. The parents on level 0 form one spanning tree whose edges are links and are never pruned, so every node is reachable from
/// every other, whatever is added or removed.
/// </remarks>
internal sealed class HnswGraph(int m)
{
    public const int NoSlot = -1;

    /// <summary>Level of a slot that holds no node.</summary>
    public const sbyte Free = -1;

    private readonly RowBlocks<int> _rows = new(LinkRow.Overhead + 2 * m);
    private int[]?[] _upper = [];
    private sbyte[] _levels = [];

    public int M { get; } = m;

    /// <summary>Slots ever used; those above are untouched.</summary>
    public int SlotCount { get; set; }

    public int Capacity => _levels.Length;

    /// <summary>Where searches start: a node on the highest level, or <see cref="NoSlot"/> in an empty graph.</summary>
    public int Entry { get; set; } = NoSlot;

    public int TopLevel => Entry == NoSlot ? Free : _levels[Entry];

    /// <summary>Bytes allocated; an array of links above level 0 has a head of 24.</summary>
    public long Bytes => _rows.Bytes + _levels.Length + 8L * _upper.Length + _upper.Sum(links => links is null ? 0 : 24 + 4L * links.Length);

    public int MaxLinks(int level) => level == 0 ? 2 * M : M;

    public int Level(int slot) => _levels[slot];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LinkRow Row(int level, int slot) => level == 0
        ? new LinkRow(_rows.Row(slot))
        : new LinkRow(_upper[slot].AsSpan((level - 1) * (LinkRow.Overhead + M), LinkRow.Overhead + M));

    /// <summary>Asks for a row of level 0 ahead of its use; the upper levels are few and stay in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int level, int slot)
    {
        if (level == 0) _rows.Prefetch(slot);
    }

    public void EnsureCapacity(int slots)
    {
        if (slots <= Capacity) return;
        _rows.EnsureCapacity(slots);
        var capacity = _rows.Capacity;
        Array.Resize(ref _upper, capacity);
        Array.Resize(ref _levels, capacity);
        _levels.AsSpan(SlotCount).Fill(Free);
    }

    /// <summary>Gives up the room above <see cref="SlotCount"/>.</summary>
    public void Trim()
    {
        _rows.Trim(SlotCount);
        Array.Resize(ref _upper, _rows.Capacity);
        Array.Resize(ref _levels, _rows.Capacity);
        _levels.AsSpan(SlotCount).Fill(Free);
    }

    /// <summary>Puts a node without links into a free slot.</summary>
    public void Occupy(int slot, int level)
    {
        _levels[slot] = (sbyte)level;
        _upper[slot] = level == 0 ? null : new int[level * (LinkRow.Overhead + M)];
        for (var l = 0; l <= level; l++)
            Row(l, slot).Clear();
    }

    /// <summary>Empties a slot to which nothing leads any more.</summary>
    public void Vacate(int slot)
    {
        _levels[slot] = Free;
        _upper[slot] = null;
    }
}
