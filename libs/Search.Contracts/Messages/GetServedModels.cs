namespace Search.Contracts.Messages;

/// <summary>Query to the embedding service: which models make vectors of catalogue pictures?</summary>
public sealed record GetServedModels;

/// <summary>Answer to <see cref="GetServedModels"/>.</summary>
public sealed record ModelsServed
{
    /// <summary>The one that answers queries.</summary>
    public required EmbeddingModelId Active { get; init; }

    /// <summary>Those that embed catalogue pictures beside it, e.g. one that is to follow it and the one before it.</summary>
    public required EmbeddingModelId[] Others { get; init; }
}
