namespace Search.Contracts.Messages;

/// <summary>Answer to <see cref="EmbedImage"/>.</summary>
public sealed record ImageEmbedding
{
    public required EmbeddingModelId Model { get; init; }

    /// <summary>Unit length, as many components as the model's dimension.</summary>
    public required float[] Vector { get; init; }

    /// <summary>SHA-256 of the picture's bytes.</summary>
    public required string ContentHash { get; init; }

    public required ulong PerceptualHash { get; init; }

    /// <summary>Milliseconds spent reading and preparing the picture; 0 when the vector came out of the store.</summary>
    public double DecodeMs { get; init; }

    /// <summary>Milliseconds spent in the model, waiting for its queue included.</summary>
    public double EmbedMs { get; init; }
}
