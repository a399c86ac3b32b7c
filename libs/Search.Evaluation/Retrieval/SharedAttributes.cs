namespace Search.Evaluation;

/// <summary>Graded relevance between catalogue items by what they have in common.</summary>
public static class SharedAttributes
{
    /// <summary>The grade of an item that shares everything; TREC's and web search's five-point scale.</summary>
    public const double HighestGrade = 4;

    /// <summary>
    /// <see cref="HighestGrade"/> times the share of the query's attributes that the item has with the same value. What only the item has does
    /// not count against it. No weights: which attribute matters more is a judgment that differs from shopper to shopper.
    /// </summary>
    /// <param name="query">Names and values, the category among them; none gives 0.</param>
    /// <param name="item">Names and values.</param>
    public static double Grade(IReadOnlyDictionary<string, string> query, IReadOnlyDictionary<string, string> item)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(item);
        if (query.Count == 0)
            return 0;
        var shared = 0;
        foreach (var (name, value) in query)
            if (item.TryGetValue(name, out var other) && string.Equals(value, other, StringComparison.Ordinal))
                shared++;
        return HighestGrade * shared / query.Count;
    }
}
