namespace Search.Ann.Indexes;

/// <summary>The work of one search: exact counts, the same on a busy machine as on a quiet one.</summary>
/// <param name="DistancesComputed">Scores computed between the query and a stored vector or its code, rescored ones included.</param>
/// <param name="NodesVisited">Nodes whose neighbours were read; rows read for an index without a graph.</param>
/// <param name="Rescored">Of the scores, those by vectors of candidates that codes had chosen; 0 where nothing but vectors is looked at.</param>
public readonly record struct SearchStatistics(long DistancesComputed, long NodesVisited, long Rescored = 0)
{
    /// <summary>The work of both.</summary>
    public static SearchStatistics operator +(SearchStatistics a, SearchStatistics b) => Add(a, b);

    /// <summary>The work of both.</summary>
    public static SearchStatistics Add(SearchStatistics left, SearchStatistics right) =>
        new(left.DistancesComputed + right.DistancesComputed, left.NodesVisited + right.NodesVisited, left.Rescored + right.Rescored);
}
