namespace Search.Contracts.Messages;

/// <summary>Query to the embedding service: which models are published, and what names them?</summary>
public sealed record GetModels;

/// <summary>Answer to <see cref="GetModels"/> and to every change of what names a model.</summary>
public sealed record ModelList
{
    /// <summary>Oldest first.</summary>
    public required PublishedModelState[] Models { get; init; }
}

/// <summary>A published model.</summary>
public sealed record PublishedModelState
{
    public required EmbeddingModelId Model { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The names that stand for it now.</summary>
    public required string[] Aliases { get; init; }

    /// <summary>It embeds catalogue pictures.</summary>
    public required bool Served { get; init; }

    /// <summary>It answers queries.</summary>
    public required bool Active { get; init; }

    /// <summary>No alias names it, and whatever was made with it is to go.</summary>
    public bool Released { get; init; }
}
