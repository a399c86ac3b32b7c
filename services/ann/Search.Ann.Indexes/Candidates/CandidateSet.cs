using System.Numerics;
using Search.Ann.Indexes.Filters;

namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// Slots that a search will look at: each once, in ascending order, so that the vectors are read as they lie in memory. A bitmap removes the
/// duplicates and sorts at the price of one bit an addition, where a list would have to be sorted; a second bitmap says which words of the
/// first are not empty, so that a large index costs a small search nothing.
/// </summary>
internal sealed class CandidateSet<TSlots>
    where TSlots : struct, ICandidateSlots
{
    private const int HopelessAfter = 4;

    private ulong[] _words = [];
    private ulong[] _touched = [];
    private int[] _slots = [];

    private SlotFilter<TSlots>? _filter;
    private int _needed;
    private int _failed;

    /// <summary>Slots in the set that pass its filter.</summary>
    public int Count { get; private set; }

    /// <summary>Slots that the search is to look at.</summary>
    public long Wanted { get; private set; }

    /// <summary>Slots that were proposed, those included that do not pass.</summary>
    public int Looked => Count + _failed;

    public bool IsEnough => Count >= _needed;

    /// <summary>Whether as many were proposed as are wanted, and what is needed was among them. Where that takes far more than were wanted, it is hopeless.</summary>
    public bool IsComplete => Looked >= Wanted && (Count >= _needed || Looked >= Wanted * HopelessAfter);

    /// <summary>Empties the set for slots below <paramref name="capacity"/>.</summary>
    /// <param name="needed">The search fails when it finds fewer that pass.</param>
    /// <param name="filter">Slots that do not pass are looked at and not found; null where all do.</param>
    public void Reset(int capacity, int needed, long wanted, SlotFilter<TSlots>? filter = null)
    {
        // What a search left that gave up is cleared without asking its filter.
        _filter = null;
        if (Count + _failed > 0) Drain();
        (_filter, _needed, Wanted) = (filter, needed, wanted);
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
    public ReadOnlySpan<int> Drain() => Drain(out _);

    /// <param name="others">Those that were looked at and do not pass, in no order.</param>
    /// <inheritdoc cref="Drain()"/>
    public ReadOnlySpan<int> Drain(out ReadOnlySpan<int> others)
    {
        if (_slots.Length < Looked) _slots = new int[Looked + Looked / 2];
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
        var passing = _failed == 0 ? taken : PassingFirst(taken);
        (Count, _failed) = (0, 0);
        others = _slots.AsSpan(passing, taken - passing);
        return _slots.AsSpan(0, passing);
    }

    private int PassingFirst(int count)
    {
        var passing = 0;
        for (var i = 0; i < count; i++)
        {
            if (_filter is not { } filter || !filter.Passes(_slots[i])) continue;
            (_slots[passing], _slots[i]) = (_slots[i], _slots[passing]);
            passing++;
        }
        return passing;
    }
}
