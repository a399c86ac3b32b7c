namespace Search.Vectors;

/// <summary>One result of a search. A higher score is always better, whatever the metric.</summary>
/// <param name="Id">The key under which the vector was added.</param>
/// <param name="Score">Similarity to the query, in the unit of the metric; never NaN.</param>
public readonly record struct ScoredId(long Id, float Score) : IComparable<ScoredId>
{
    /// <summary>The one order of results: higher score first, then smaller id, so that equal scores never leave an answer to chance.</summary>
    public int CompareTo(ScoredId other)
    {
        var byScore = other.Score.CompareTo(Score);
        return byScore != 0 ? byScore : Id.CompareTo(other.Id);
    }

    internal bool IsWorseThan(ScoredId other) => Score < other.Score || (Score == other.Score && Id > other.Id);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/> in a list of results: it is the better one.</summary>
    public static bool operator <(ScoredId left, ScoredId right) => left.CompareTo(right) < 0;

    /// <summary>Not after: better or the same.</summary>
    public static bool operator <=(ScoredId left, ScoredId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>: it is the worse one.</summary>
    public static bool operator >(ScoredId left, ScoredId right) => left.CompareTo(right) > 0;

    /// <summary>Not before: worse or the same.</summary>
    public static bool operator >=(ScoredId left, ScoredId right) => left.CompareTo(right) >= 0;
}
