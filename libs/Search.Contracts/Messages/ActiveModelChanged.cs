namespace Search.Contracts.Messages;

/// <summary>Event, broadcast: an embedding service answers queries with another model from now on. Whoever remembers the old one may still use it: its collection stays.</summary>
public sealed record ActiveModelChanged
{
    public required EmbeddingModelId Model { get; init; }
}
