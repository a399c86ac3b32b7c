namespace Search.Contracts.Messages;

/// <summary>
/// Event, broadcast: an embedding service serves other models, or answers queries with another one, from now on. Whoever remembers the model that answered before may still use it: its
/// collection stays.
/// </summary>
public sealed record ServedModelsChanged
{
    /// <summary>The one that answers queries.</summary>
    public required EmbeddingModelId Active { get; init; }

    /// <summary>Those that embed catalogue pictures beside it.</summary>
    public required EmbeddingModelId[] Others { get; init; }
}
