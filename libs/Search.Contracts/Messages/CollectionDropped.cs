namespace Search.Contracts.Messages;

/// <summary>Event: a model's collection is gone, with every picture's vector. It may be said more than once. Should the model serve again, all of them are lacking.</summary>
public sealed record CollectionDropped
{
    public required EmbeddingModelId Model { get; init; }
}
