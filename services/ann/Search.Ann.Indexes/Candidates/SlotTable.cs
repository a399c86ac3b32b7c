using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// Ids, slots and vectors. Equal vectors share a slot, so that no leaf or bucket can fill up with copies of one picture. Plain data: who may
/// read or write when is the index's business.
/// </summary>
internal sealed class SlotTable
{
    private readonly Dictionary<long, int> _slots = [];
    private readonly EqualVectors _equal;
    private readonly Stack<int> _free = [];

    public SlotTable(int dimension)
    {
        Vectors = new VectorRows(dimension);
        _equal = new EqualVectors(Vectors);
    }

    public VectorRows Vectors { get; }

    public NodeMembers Members { get; } = new();

    /// <summary>Number of ids.</summary>
    public int IdCount => _slots.Count;

    /// <summary>In no order.</summary>
    public IReadOnlyCollection<long> Ids => _slots.Keys;

    public long IdBytes => MemorySize.Of(_slots) + Members.Bytes;

    public long OtherBytes => _equal.Bytes + MemorySize.Of(_free);

    /// <summary>Slots ever used; those above are untouched, some below may be free.</summary>
    public int SlotCount { get; private set; }

    /// <summary>Slots that hold a vector.</summary>
    public int OccupiedCount => SlotCount - _free.Count;

    /// <summary>In the order in which they will be used, last first.</summary>
    public IEnumerable<int> Free => _free.Reverse();

    public bool IsOccupied(int slot) => !Members.Of(slot).IsEmpty;

    /// <summary>For each slot whether it holds no vector.</summary>
    public bool[] FreeSlots()
    {
        var free = new bool[SlotCount];
        for (var slot = 0; slot < free.Length; slot++)
            free[slot] = !IsOccupied(slot);
        return free;
    }

    public bool TryGetSlot(long id, out int slot) => _slots.TryGetValue(id, out slot);

    public bool TryFindEqual(ReadOnlySpan<float> vector, out int slot) => _equal.TryFind(vector, out slot);

    /// <summary>The slot that the next new vector will have. Growing moves nothing that a search reads.</summary>
    public int PeekFree()
    {
        if (_free.TryPeek(out var slot)) return slot;
        Reserve(SlotCount + 1);
        return SlotCount;
    }

    public void Reserve(int slots)
    {
        Vectors.EnsureCapacity(slots);
        Members.EnsureCapacity(slots);
    }

    /// <summary>Takes the slot that <see cref="PeekFree"/> named; its vector must be in place.</summary>
    public void Take(int slot)
    {
        if (slot == SlotCount) SlotCount++;
        else _free.Pop();
        _equal.Add(slot);
    }

    /// <summary>Gives back a slot that nothing refers to any more.</summary>
    public void GiveBack(int slot)
    {
        _equal.Remove(slot);
        _free.Push(slot);
    }

    /// <summary>Gives the id to a slot in place of the one it had.</summary>
    public void Assign(long id, int slot)
    {
        Unassign(id);
        Members.Add(slot, id);
        _slots.Add(id, slot);
    }

    public void Unassign(long id)
    {
        if (_slots.Remove(id, out var slot)) Members.Remove(slot, id);
    }

    /// <summary>Which slots, the last ones, would move into which free ones to close the gaps; and the number of each slot then, −1 for a free one.</summary>
    public List<(int From, int To)> PlanCompaction(out int[] renamed)
    {
        var moves = new List<(int From, int To)>();
        renamed = Array.ConvertAll(FreeSlots(), free => free ? -1 : 0);
        var gap = 0;
        for (var slot = renamed.Length - 1; slot >= 0; slot--)
        {
            if (renamed[slot] < 0) continue;
            while (gap < slot && renamed[gap] >= 0) gap++;
            renamed[slot] = gap < slot ? gap++ : slot;
            if (renamed[slot] != slot) moves.Add((slot, renamed[slot]));
        }
        return moves;
    }

    /// <summary>To be called by the writer before <see cref="Compact"/>: puts the vectors in place, where nothing leads to yet.</summary>
    public void CopyVectors(List<(int From, int To)> moves)
    {
        foreach (var (from, to) in moves)
        {
            _equal.Remove(from);
            Vectors.Row(from).CopyTo(Vectors.Row(to));
        }
    }

    /// <summary>Gives the ids to the other slots, and the room behind the last back.</summary>
    public void Compact(List<(int From, int To)> moves)
    {
        foreach (var (from, to) in moves)
        {
            foreach (var id in Members.Of(from))
                _slots[id] = to;
            Members.Move(from, to);
        }
        SlotCount = OccupiedCount;
        _free.Clear();
        Vectors.Trim(SlotCount);
        Members.Trim(SlotCount);
        _slots.TrimExcess();
    }

    /// <summary>To be called by the writer after <see cref="Compact"/>.</summary>
    public void Register(List<(int From, int To)> moves)
    {
        foreach (var (_, to) in moves)
            _equal.Add(to);
        _equal.Trim();
        _free.TrimExcess();
    }

    /// <summary>Restores the occupation of slots as it was saved; vectors and ids follow.</summary>
    public void RestoreSlots(int slotCount, ReadOnlySpan<int> free)
    {
        Reserve(slotCount);
        SlotCount = slotCount;
        foreach (var slot in free)
            _free.Push(slot);
    }

    /// <summary>Restores the ids of a slot whose vector is in place. False when one of them is taken.</summary>
    public bool TryRestoreIds(int slot, ReadOnlySpan<long> ids)
    {
        _equal.Add(slot);
        foreach (var id in ids)
        {
            if (!_slots.TryAdd(id, slot)) return false;
            Members.Add(slot, id);
        }
        return true;
    }
}
