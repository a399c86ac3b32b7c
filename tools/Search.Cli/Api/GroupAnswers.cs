namespace Search.Cli.Api;

/// <summary>A line of an answer of GET /v1/groups/…; exactly one member is there.</summary>
internal sealed record GroupLine(
    GroupProgress? Progress, DuplicateGroup? Duplicates, ItemCluster? Cluster, OutlierItem? Outlier, GroupEnd? End, GroupProblem? Problem)
{
    /// <summary>The line as it came.</summary>
    internal string Text { get; init; } = "";
}

internal sealed record GroupProgress(string Stage, int Done, int Total);

internal sealed record GroupEnd(string Model, int Items, int Pictures, int Found);

internal sealed record GroupProblem(string? Title, int Status, string? Detail);

internal sealed record GroupItem(string Id, string Title, string Category, int Image);

internal sealed record DuplicateGroup(double Least, double Most, bool SameFile, IReadOnlyList<GroupItem> Items);

internal sealed record ItemCluster(int Size, double Cohesion, IReadOnlyList<CategoryCount> Categories, IReadOnlyList<GroupItem> Representatives);

internal sealed record CategoryCount(string Name, int Count);

internal sealed record OutlierItem(
    double Score, string? SuggestedCategory, double Disagreement, double LocalOutlierFactor, GroupItem Item, IReadOnlyList<SimilarItem> Neighbours);

internal sealed record SimilarItem(double Similarity, GroupItem Item);

/// <summary>Answer of GET /v1/distinct-items.</summary>
internal sealed record DistinctPage(IReadOnlyList<DistinctPair> Pairs, string? Next);

internal sealed record DistinctPair(string First, string Second);
