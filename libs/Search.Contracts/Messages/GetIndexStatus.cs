namespace Search.Contracts.Messages;

/// <summary>Query to the nearest-neighbour service: what is loaded?</summary>
public sealed record GetIndexStatus;

/// <summary>Answer to <see cref="GetIndexStatus"/>.</summary>
public sealed record IndexStatus
{
    public required CollectionStatus[] Collections { get; init; }
}

public sealed record CollectionStatus
{
    public required EmbeddingModelId Model { get; init; }

    /// <summary>Name of the index that answers now, e.g. exact or hnsw.</summary>
    public required string Index { get; init; }

    public required int Count { get; init; }

    public required int Dimension { get; init; }
}
