namespace Search.Contracts.Messages;

/// <summary>
/// Query to the indexing service: which items did somebody decide are not duplicates of each other, however alike they look? Answered page by page.
/// </summary>
public sealed record ListDistinctItems
{
    /// <summary>The last pair of the page before; null for the first page.</summary>
    public DistinctPair? After { get; init; }

    /// <summary>1 to 10,000.</summary>
    public int Limit { get; init; } = 5_000;
}

/// <summary>Answer to <see cref="ListDistinctItems"/>, in order of the pairs; fewer than asked for on the last page.</summary>
public sealed record DistinctItems
{
    public required DistinctPair[] Pairs { get; init; }
}

/// <summary>Two items that are not duplicates of each other.</summary>
/// <param name="First">Id of the one that comes first in ordinal order.</param>
/// <param name="Second">Id of the other.</param>
public sealed record DistinctPair(string First, string Second)
{
    /// <summary>The same pair whichever of the two is named first.</summary>
    /// <exception cref="ServiceProblemException">400: no item ids, or the same one twice.</exception>
    public static DistinctPair Of(string? one, string? other)
    {
        ItemId.Require(one);
        ItemId.Require(other);
        return string.CompareOrdinal(one, other) switch
        {
            0 => throw new ServiceProblemException(ServiceProblem.InvalidRequest("Not two items", $"'{one}' can't be kept apart from itself.")),
            < 0 => new DistinctPair(one!, other!),
            _ => new DistinctPair(other!, one!),
        };
    }
}
