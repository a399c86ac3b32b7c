using System.Numerics;

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

    public int Count { get; private set; }

    /// <summary>Empties the set and makes room for slots below <paramref name="capacity"/>.</summary>
    public void Reset(int capacity)
    {
        if (Count > 0) Drain(); // left by a search that failed
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
            if (word == 0) _touched[slot >> 12] |= 1ul << (slot >> 6);
            word |= bit;
            Count++;
        }
    }

    /// <summary>All slots, ascending. The set is empty afterwards; the answer is valid until it is drained again.</summary>
    public ReadOnlySpan<int> Drain()
    {
        if (_slots.Length < Count) _slots = new int[Count + Count / 2];
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
        Count = 0;
        return _slots.AsSpan(0, taken);
    }
}
