namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>How a graph is frozen, and how the frozen one is searched.</summary>
public sealed record FrozenHnswOptions
{
    private readonly int _efSearch = 64;

    /// <summary>Candidates kept by a search that names no effort of its own; never below k. Default 64.</summary>
    public int EfSearch
    {
        get => _efSearch;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _efSearch = value;
        }
    }

    /// <summary>Vectors that the 8-bit levels are laid over. Default 20,000, spread evenly over the index.</summary>
    public int TrainingSample { get; init; } = 20_000;

    /// <summary>Share of the sample cut off at each end of every dimension when levels are laid. Default 0.001.</summary>
    public double ClippedShare { get; init; } = 0.001;
}
