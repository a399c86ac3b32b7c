using System.Numerics;

namespace Search.Ann.Indexes.Filters;

/// <summary>A bit for each id from the first on.</summary>
internal sealed class IdBitmap : IdSet
{
    // A list with its hash set takes about thirty bytes an id.
    private const int MostBitsPerId = 256;

    private readonly ulong[] _words;
    private readonly long _first;

    public IdBitmap(ulong[] words, long first)
    {
        (_words, _first) = (words, first);
        foreach (var word in words)
            Count += BitOperations.PopCount(word);
    }

    /// <param name="ids">Ascending, and <see cref="Suits"/>.</param>
    public IdBitmap(ReadOnlySpan<long> ids)
    {
        _first = ids.IsEmpty ? 0 : ids[0];
        _words = new ulong[ids.IsEmpty ? 0 : (ids[^1] - _first) / 64 + 1];
        foreach (var id in ids)
            _words[(id - _first) >> 6] |= 1ul << (int)(id - _first);
        Count = ids.Length;
    }

    public override long Count { get; }

    /// <summary>Whether ids in ascending order lie so close together that their bits take less room than they do.</summary>
    public static bool Suits(ReadOnlySpan<long> ids) => ids.IsEmpty || (ulong)(ids[^1] - ids[0]) < (ulong)ids.Length * MostBitsPerId;

    public override bool Passes(long id)
    {
        // An id below the first becomes a large number, as one beyond the last is.
        var bit = (ulong)(id - _first);
        var words = _words;
        return bit >> 6 < (ulong)words.Length && (words[bit >> 6] >> (int)bit & 1) != 0;
    }

    public override bool TryNext(ref long cursor, out long id)
    {
        for (var at = cursor >> 6; at < _words.Length; at++)
        {
            var rest = _words[at] & (at == cursor >> 6 ? ulong.MaxValue << (int)cursor : ulong.MaxValue);
            if (rest == 0) continue;
            var bit = at * 64 + BitOperations.TrailingZeroCount(rest);
            cursor = bit + 1;
            id = _first + bit;
            return true;
        }
        id = 0;
        return false;
    }
}
