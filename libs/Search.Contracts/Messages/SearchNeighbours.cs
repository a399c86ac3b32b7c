namespace Search.Contracts.Messages;

/// <summary>Query to the nearest-neighbour service: the pictures most similar to a vector.</summary>
public sealed record SearchNeighbours
{
    public required EmbeddingModelId Model { get; init; }

    public required float[] Vector { get; init; }

    /// <summary>How many pictures to return at most, from 1.</summary>
    public required int K { get; init; }
}

/// <summary>Answer to <see cref="SearchNeighbours"/>.</summary>
public sealed record NeighboursFound
{
    /// <summary>Best first; ties in ordinal order of the image key.</summary>
    public required Neighbour[] Neighbours { get; init; }

    /// <summary>True when the collection holds no further picture: asking for more returns no more.</summary>
    public required bool Exhausted { get; init; }

    /// <summary>Work done, exact on a noisy machine.</summary>
    public long DistancesComputed { get; init; }
}

/// <param name="ImageKey"><see cref="Contracts.ImageKey"/> of the picture.</param>
/// <param name="Score">Cosine similarity in [-1, 1].</param>
public sealed record Neighbour(string ImageKey, float Score);
