using Microsoft.AspNetCore.Mvc;

namespace Search.Ann.Groups;

/// <summary>One line of an answer: exactly one member is there. <see cref="End"/> is the last line of an answer that is whole, <see cref="Problem"/> of one that is not.</summary>
internal sealed record GroupLine
{
    public GroupProgress? Progress { get; init; }

    public DuplicateGroup? Duplicates { get; init; }

    public ItemCluster? Cluster { get; init; }

    public OutlierItem? Outlier { get; init; }

    public GroupEnd? End { get; init; }

    public ProblemDetails? Problem { get; init; }
}

/// <param name="Stage">What is being done.</param>
/// <param name="Done">Of <paramref name="Total"/>.</param>
internal sealed record GroupProgress(string Stage, int Done, int Total);

/// <param name="Items">Items looked at: those with a picture in the index.</param>
/// <param name="Pictures">Their pictures.</param>
/// <param name="Found">Lines before this one that tell of something found.</param>
internal sealed record GroupEnd(string Model, int Items, int Pictures, int Found);

/// <param name="Image">Number of the picture that shows why the item is here.</param>
internal sealed record GroupItem(string Id, string Title, string Category, int Image, string ImageUrl);

/// <summary>Items each of which looks like every other.</summary>
/// <param name="Least">The lowest similarity of two of them, by the most similar pictures of each.</param>
/// <param name="Most">The highest.</param>
/// <param name="SameFile">All show the same bytes.</param>
/// <param name="Items">In order of their ids.</param>
internal sealed record DuplicateGroup(float Least, float Most, bool SameFile, IReadOnlyList<GroupItem> Items);

/// <param name="Cohesion">Mean cosine of the members to their common direction, up to 1.</param>
/// <param name="Categories">How many members each category has, most first.</param>
/// <param name="Representatives">The medoid, then members that stand for what it does not show.</param>
/// <param name="Items">Ids of all members, if asked for.</param>
internal sealed record ItemCluster(
    int Size, double Cohesion, IReadOnlyList<CategoryCount> Categories, IReadOnlyList<GroupItem> Representatives, IReadOnlyList<string>? Items);

internal sealed record CategoryCount(string Name, int Count);

/// <summary>An item that seems out of place.</summary>
/// <param name="Score">0 to 2: the share of similar items that are filed elsewhere, if most are, and how lonely it is, 1 − 1 / factor.</param>
/// <param name="SuggestedCategory">Where most of what it looks like is filed; null where that is its own category.</param>
/// <param name="Disagreement">Share of the neighbours, by similarity, that another category has.</param>
/// <param name="LocalOutlierFactor">About 1 among its like, more the thinner its neighbourhood is beside those of its neighbours.</param>
/// <param name="Neighbours">The evidence: the items most similar to it, best first.</param>
internal sealed record OutlierItem(
    double Score, string? SuggestedCategory, double Disagreement, double LocalOutlierFactor, GroupItem Item, IReadOnlyList<SimilarItem> Neighbours);

internal sealed record SimilarItem(float Similarity, GroupItem Item);
