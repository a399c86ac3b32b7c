using System.Numerics;
using Search.Ann.Indexes.Filters;

namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// Slots that a search will look at: each once, in ascending order, so that the vectors are read as they lie in memory. A bitmap removes the
/// duplicates and sorts at the price of one bit an addition, where a list would have to be sorted; a second bitmap says which words of the
/// first are not empty, so that a large index costs a small search nothing.
/// </summary>
internal sealed class CandidateSet
{
    private ulong[] _words = [];
    private ulong[] _touched = [];
    private int[] _slots = [];

    private SlotFilter<TableIds>? _filter;
    private long _patience;
    private int _failed;

    /// <summary>Slots in the set that pass its filter.</summary>
    public int Count { get; private set; }

    /// <summary>So many slots were proposed in vain that what is wanted will not be found among those likely to be near.</summary>
    public bool IsHopeless => _failed > _patience;

    /// <summary>Empties the set and makes room for slots below <paramref name="capacity"/>.</summary>
    /// <param name="filter">Slots that do not pass it are not counted and not drained; null for none.</param>
    /// <param name="patience">How many may fail it before the set <see cref="IsHopeless"/>.</param>
    public void Reset(int capacity, SlotFilter<TableIds>? filter = null, long patience = long.MaxValue)
    {
        // What a search left that gave up is cleared without asking its filter.
        _filter = null;
        if (Count + _failed > 0) Drain();
        (_filter, _patience) = (filter, patience);
        var words = (capacity + 63) / 64;
        if (words <= _words.Length) return;
        // Headroom, so that a growing index does not cost an array a search.
        words += words / 2;
        _words = new ulong[words];
        _touched = new ulong[(words + 63) / 64];
    }

    /// <summary>Adds the slots that are not in the set yet.</summary>
    public void Add(ReadOnlySpan<int> slots)
    {
        foreach (var slot in slots)
        {
            ref var word = ref _words[slot >> 6];
            var bit = 1ul << slot;
            if ((word & bit) != 0) continue;
            // A filter may throw: it is asked before anything changes.
            var passes = _filter is not { } filter || filter.Passes(slot);
            if (word == 0) _touched[slot >> 12] |= 1ul << (slot >> 6);
            word |= bit;
            // Those that fail stay in the bitmap, so that each is asked about once.
            if (passes) Count++;
            else _failed++;
        }
    }

    /// <summary>All slots that pass, ascending. The set is empty afterwards; the answer is valid until it is drained again.</summary>
    public ReadOnlySpan<int> Drain()
    {
        var proposed = Count + _failed;
        if (_slots.Length < proposed) _slots = new int[proposed + proposed / 2];
        var taken = 0;
        for (var t = 0; t < _touched.Length; t++)
        {
            for (var touched = _touched[t]; touched != 0; touched &= touched - 1)
            {
                var at = t * 64 + BitOperations.TrailingZeroCount(touched);
                for (var word = _words[at]; word != 0; word &= word - 1)
                    _slots[taken++] = at * 64 + BitOperations.TrailingZeroCount(word);
                _words[at] = 0;
            }
            _touched[t] = 0;
        }
        (Count, _failed) = (0, 0);
        return _slots.AsSpan(0, _filter is { } filter ? Compact(filter, taken) : taken);
    }

    private int Compact(SlotFilter<TableIds> filter, int count)
    {
        var kept = 0;
        foreach (var slot in _slots.AsSpan(0, count))
        {
            if (filter.Passes(slot)) _slots[kept++] = slot;
        }
        return kept;
    }
}
