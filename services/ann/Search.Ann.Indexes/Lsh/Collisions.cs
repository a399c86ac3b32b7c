using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// How many of the buckets that a search looked into hold each slot, and which slots are in the most: these are scored. A near vector shares buckets in many tables, a far one in some table by
/// chance, and to count that costs a hundredth of a distance (Gan, Feng, Fang and Ng, "Locality-sensitive hashing scheme based on dynamic collision counting", SIGMOD 2012). A byte a slot.
/// </summary>
internal sealed class Collisions
{
    // Its array is not filled beyond; so many say all there is to say.
    private const int Most = 255;

    private readonly int[] _reached = new int[Most + 1];
    private readonly List<int> _groups = [];
    private byte[] _counts = [];
    private int[] _slots = [];
    private int[] _best = [];

    /// <summary>Different slots so far.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for slots below <paramref name="capacity"/>. There are none counted yet, or those of a search that was given up.</summary>
    public void Reset(int capacity)
    {
        Clear();
        if (capacity > _counts.Length) _counts = new byte[capacity + capacity / 2];
    }

    /// <summary>Counts the slots of one bucket.</summary>
    public void Add(ReadOnlySpan<int> slots)
    {
        if (_slots.Length < Count + slots.Length) Array.Resize(ref _slots, Math.Max(2 * _slots.Length, Count + slots.Length));
        var (all, counts, reached, count) = (_slots, _counts, _reached, Count);
        foreach (var slot in slots)
        {
            ref var times = ref counts[slot];
            if (times == 0) all[count++] = slot;
            if (times == Most) continue;
            reached[++times]++;
        }
        if (count > Count) _groups.Add(count);
        Count = count;
    }

    /// <summary>
    /// Moves those in the most buckets into the set, until it is complete. Of equal ones those of the nearest bucket come first, and a bucket's all together: the order within it means nothing, and no
    /// answer may depend on it.
    /// </summary>
    public void MoveBest(CandidateSet<TableSlots> into)
    {
        if (_best.Length < Count) _best = new int[_slots.Length];
        // At this level there are enough, at the next there would be too few.
        var level = 1;
        while (level < Most && _reached[level + 1] >= into.Wanted)
            level++;
        if (level < Most) AddAbove(level, into);
        for (; level > 0 && !into.IsComplete; level--)
            AddLevel(level, into);
        Clear();
    }

    private void AddAbove(int level, CandidateSet<TableSlots> into)
    {
        var (counts, best, taken) = (_counts, _best, 0);
        foreach (var slot in _slots.AsSpan(0, Count))
        {
            // Written always and counted only where it is wanted: no branch to mispredict.
            best[taken] = slot;
            taken += counts[slot] > level ? 1 : 0;
        }
        into.Add(best.AsSpan(0, taken));
    }

    private void AddLevel(int level, CandidateSet<TableSlots> into)
    {
        var from = 0;
        foreach (var to in _groups)
        {
            var taken = 0;
            for (; from < to; from++)
            {
                _best[taken] = _slots[from];
                taken += _counts[_slots[from]] == level ? 1 : 0;
            }
            into.Add(_best.AsSpan(0, taken));
            if (into.IsComplete) return;
        }
    }

    private void Clear()
    {
        foreach (var slot in _slots.AsSpan(0, Count))
            _counts[slot] = 0;
        Array.Clear(_reached);
        _groups.Clear();
        Count = 0;
    }
}
