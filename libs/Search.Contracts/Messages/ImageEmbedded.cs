namespace Search.Contracts.Messages;

/// <summary>Event: a catalogue picture has a vector.</summary>
public sealed record ImageEmbedded
{
    public required string ItemId { get; init; }

    public required int ImageNumber { get; init; }

    public required long Revision { get; init; }

    public required string ContentHash { get; init; }

    public required ulong PerceptualHash { get; init; }

    public required EmbeddingModelId Model { get; init; }

    /// <summary>Unit length.</summary>
    public required float[] Vector { get; init; }
}
