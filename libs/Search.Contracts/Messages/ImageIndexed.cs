namespace Search.Contracts.Messages;

/// <summary>Event: a catalogue picture's vector is durable in the model's collection and found by searches.</summary>
public sealed record ImageIndexed
{
    public required string ItemId { get; init; }

    public required int ImageNumber { get; init; }

    public required long Revision { get; init; }

    public required EmbeddingModelId Model { get; init; }
}
