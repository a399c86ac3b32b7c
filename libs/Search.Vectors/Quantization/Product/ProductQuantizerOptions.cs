namespace Search.Vectors.Quantization.Product;

/// <summary>How <see cref="ProductQuantizer"/> splits vectors and learns its centroids.</summary>
public sealed record ProductQuantizerOptions
{
    /// <summary>
    /// Sub-spaces, and bytes a code: 1 to the dimension. Unset (0, the default) it is a byte for every eight components. Twice as many about halve the squared error,
    /// and double memory and scoring time.
    /// </summary>
    public int SubSpaces { get; init; }

    /// <summary>Rounds of Lloyd's algorithm at most, at least 1; it stops early once no vector changes its centroid. Past 25 little changes.</summary>
    public int Rounds { get; init; } = 25;

    /// <summary>The same seed and sample give the same quantiser on the same kind of processor.</summary>
    public int Seed { get; init; } = 1;

    internal int SubSpacesOf(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(SubSpaces);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SubSpaces, dimension);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Rounds);
        return SubSpaces > 0 ? SubSpaces : (dimension + 7) / 8;
    }
}
