namespace Search.Contracts.Messages;

/// <summary>Query to the nearest-neighbour service: the vectors of an item's pictures.</summary>
public sealed record GetItemVectors
{
    public required EmbeddingModelId Model { get; init; }

    public required string ItemId { get; init; }
}

/// <summary>Answer to <see cref="GetItemVectors"/>; empty when none of the item's pictures is indexed.</summary>
public sealed record ItemVectors
{
    /// <summary>In order of the picture's number.</summary>
    public required ImageVector[] Images { get; init; }
}

public sealed record ImageVector(int ImageNumber, float[] Vector);
