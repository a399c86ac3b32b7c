using Search.Contracts.Catalogue;

namespace Search.Contracts.Messages;

/// <summary>
/// Query to the indexing service: what changed after a revision? Read models use it to catch up after they were away; live
/// changes come as <see cref="ItemChanged"/> and <see cref="ItemRemoved"/>.
/// </summary>
public sealed record ListItemChanges
{
    /// <summary>0 for everything.</summary>
    public required long AfterRevision { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 500;
}

/// <summary>Answer to <see cref="ListItemChanges"/>, in order of revision.</summary>
public sealed record ItemChanges
{
    public required ItemDocument[] Changed { get; init; }

    public required ItemRemoved[] Removed { get; init; }

    /// <summary>Ask again from here; equal to the asked revision when there is nothing more.</summary>
    public required long LastRevision { get; init; }
}
