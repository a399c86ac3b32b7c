namespace Search.Ann.Indexes.Filters;

/// <summary>
/// Which ids a search may return. Prepared once and used by any number of searches of any index at a time; immutable, as long as its predicate is. How a
/// search makes use of it is the index's choice, taken for each search from how many of its ids pass.
/// </summary>
public abstract class IdFilter
{
    private protected IdFilter()
    {
    }

    /// <summary>
    /// At most so many ids pass; <see cref="long.MaxValue"/> where that is unknown.
    /// </summary>
    internal abstract long MostPassing { get; }

    /// <summary>
    /// These ids and no others; repeated ones count once, and an index need not know them all. Takes memory for each id: a bit where they lie close together, and some 30
    /// bytes otherwise.
    /// </summary>
    public static IdFilter Of(params ReadOnlySpan<long> ids)
    {
        long[] sorted = ids.ToArray();
        Array.Sort(sorted);
        var count = 0;
        foreach (var id in sorted)
        {
            if (count == 0 || sorted[count - 1] != id) sorted[count++] = id;
        }
        var distinct = sorted.AsSpan(0, count);
        return IdBitmap.Suits(distinct) ? new IdBitmap(distinct) : new IdList(distinct.ToArray());
    }

    /// <summary>The ids whose bit is set: bit i of word w stands for <paramref name="first"/> + 64·w + i, the lowest bit first. The words are copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bits go beyond the largest id.</exception>
    public static IdFilter OfBits(ReadOnlySpan<ulong> words, long first = 0)
    {
        if (!words.IsEmpty && first > long.MaxValue - (64L * words.Length - 1))
            throw new ArgumentOutOfRangeException(nameof(first), first, $"{words.Length} words of bits from there go beyond the largest id.");
        return new IdBitmap(words.ToArray(), first);
    }

    /// <summary>
    /// The ids for which <paramref name="passes"/> is true. It is asked for a sample of the index's ids first and then for every id that the search meets: perhaps
    /// thousands of times a search, on the searching thread while the index is locked against writes. So it should take nanoseconds, always give the same answer for the same
    /// id, and must not write to the index. What it throws ends the search and harms nothing.
    /// </summary>
    public static IdFilter Where(Func<long, bool> passes)
    {
        ArgumentNullException.ThrowIfNull(passes);
        return new IdPredicate(passes);
    }

    /// <summary>Whether a search may return the id.</summary>
    public abstract bool Passes(long id);
}
