using System.Numerics;

namespace Search.Vectors;

/// <summary>
/// Keeps the k best of a stream of scores in memory the caller owns, so that a search allocates nothing: offer every candidate, then
/// <see cref="Sort"/> once. The outcome depends on the set offered and never on its order. Not thread-safe.
/// </summary>
/// <remarks>A binary heap with the worst kept result at its root: one comparison rejects a candidate, which is what happens to nearly all.</remarks>
/// <param name="storage">Where the results are kept; its length is k. Zero is allowed and keeps nothing.</param>
public ref struct TopK(Span<ScoredId> storage)
{
    private readonly Span<ScoredId> _heap = storage;
    private int _count;

    /// <summary>Goes on where another one stopped: the first <paramref name="count"/> of the storage are what it kept, unsorted.</summary>
    public TopK(Span<ScoredId> storage, int count)
        : this(storage)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)storage.Length, nameof(count));
        _count = count;
    }

    /// <summary>k.</summary>
    public readonly int Capacity => _heap.Length;

    /// <summary>How many results are kept: the number offered, at most k.</summary>
    public readonly int Count => _count;

    /// <summary>Scores below this cannot enter any more. Equal ones can, with a smaller id. −∞ until k results are kept.</summary>
    public readonly float Threshold => _count < _heap.Length ? float.NegativeInfinity : _count == 0 ? float.PositiveInfinity : _heap[0].Score;

    /// <summary>Takes the candidate if it is among the k best so far. NaN is never taken: it has no place in an order.</summary>
    public bool Offer(long id, float score)
    {
        if (float.IsNaN(score)) return false;
        var candidate = new ScoredId(id, score);
        if (_count < _heap.Length)
        {
            SiftUp(_count++, candidate);
            return true;
        }
        if (_count == 0 || !_heap[0].IsWorseThan(candidate)) return false;
        SiftDown(candidate, _count);
        return true;
    }

    /// <summary>Offers many. Whether any of a group can enter is one comparison of all their scores.</summary>
    /// <exception cref="ArgumentException">Not as many scores as ids.</exception>
    public void OfferAll(scoped ReadOnlySpan<long> ids, scoped ReadOnlySpan<float> scores)
    {
        if (ids.Length != scores.Length) throw new ArgumentException($"There are {ids.Length} ids and {scores.Length} scores.", nameof(scores));
        var i = 0;
        for (; i + Vector<float>.Count <= scores.Length; i += Vector<float>.Count)
        {
            // An equal score may still win by its id.
            if (!Vector.GreaterThanOrEqualAny(new Vector<float>(scores[i..]), new Vector<float>(Threshold))) continue;
            for (var j = i; j < i + Vector<float>.Count; j++)
                Offer(ids[j], scores[j]);
        }
        for (; i < scores.Length; i++)
            Offer(ids[i], scores[i]);
    }

    /// <summary>Puts the results in order, best first, at the start of the storage, and returns their number. Nothing can be offered afterwards.</summary>
    public int Sort()
    {
        for (var end = _count - 1; end > 0; end--)
        {
            var worst = _heap[0];
            SiftDown(_heap[end], end);
            _heap[end] = worst;
        }
        return _count;
    }

    private readonly void SiftUp(int hole, ScoredId item)
    {
        while (hole > 0)
        {
            var parent = (hole - 1) / 2;
            if (!item.IsWorseThan(_heap[parent])) break;
            _heap[hole] = _heap[parent];
            hole = parent;
        }
        _heap[hole] = item;
    }

    private readonly void SiftDown(ScoredId item, int count)
    {
        var hole = 0;
        while (true)
        {
            var child = 2 * hole + 1;
            if (child >= count) break;
            if (child + 1 < count && _heap[child + 1].IsWorseThan(_heap[child])) child++;
            if (!_heap[child].IsWorseThan(item)) break;
            _heap[hole] = _heap[child];
            hole = child;
        }
        _heap[hole] = item;
    }
}
