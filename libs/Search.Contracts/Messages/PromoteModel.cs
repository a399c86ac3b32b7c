namespace Search.Contracts.Messages;

/// <summary>
/// Query to the embedding service, answered with <see cref="ModelList"/>: let a served model answer queries from now on, and keep the one before it in service. Refused unless a recorded
/// verdict admits it in the place of the one before. Whether its collection is filled is for the caller to know.
/// </summary>
public sealed record PromoteModel
{
    public required EmbeddingModelId Model { get; init; }

    /// <summary>For whoever reads the history.</summary>
    public required string Reason { get; init; }

    /// <summary>Go ahead without a verdict or against it; the reason may not be empty then.</summary>
    public bool Force { get; init; }
}

/// <summary>Query to the embedding service, answered with <see cref="ModelList"/>: let the model before the current one answer queries again.</summary>
public sealed record RollBackModel
{
    /// <summary>For whoever reads the history.</summary>
    public required string Reason { get; init; }
}

/// <summary>Query to the embedding service, answered with <see cref="ModelList"/>: serve a published model beside production, so that its collection is filled.</summary>
public sealed record NameCandidate
{
    /// <summary>Null for none any more.</summary>
    public required EmbeddingModelId? Model { get; init; }

    /// <summary>For whoever reads the history.</summary>
    public required string Reason { get; init; }
}

/// <summary>
/// Query to the embedding service, answered with <see cref="ModelList"/>: let no alias name a model any more and forget what was made with it. Its collection, its vectors and what the catalogue knows of
/// them go soon afterwards; the model stays published. Asked twice, it is done once.
/// </summary>
public sealed record ReleaseModel
{
    /// <summary>Null for the one before the current one.</summary>
    public required EmbeddingModelId? Model { get; init; }

    /// <summary>For whoever reads the history.</summary>
    public required string Reason { get; init; }
}
