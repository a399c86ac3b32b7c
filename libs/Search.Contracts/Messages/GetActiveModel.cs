namespace Search.Contracts.Messages;

/// <summary>Query to the embedding service: which model is serving?</summary>
public sealed record GetActiveModel;

/// <summary>Answer to <see cref="GetActiveModel"/>.</summary>
public sealed record ActiveModel
{
    public required EmbeddingModelId Model { get; init; }

    public required int Dimension { get; init; }

    /// <summary>Hash of the preprocessing definition, part of the model id's fingerprint.</summary>
    public required string Preprocessing { get; init; }

    /// <summary>cpu, cuda or tensorrt: what inference really runs on.</summary>
    public required string ExecutionProvider { get; init; }
}
