namespace Search.Contracts.Messages;

/// <summary>Query to the indexing service: how far is the catalogue?</summary>
public sealed record GetCatalogueStatus;

/// <summary>Answer to <see cref="GetCatalogueStatus"/>: items by state (an item is as far as its slowest picture; failed if any failed).</summary>
public sealed record CatalogueStatus
{
    public required int Total { get; init; }

    public required int Accepted { get; init; }

    public required int Embedded { get; init; }

    public required int Indexed { get; init; }

    public required int Failed { get; init; }
}
