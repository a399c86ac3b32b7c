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

    /// <summary>
    /// Whether an opened file's rows (code and links, 264 bytes a vector at 128 dimensions and M 16) are copied into huge pages, which every search walks faster through than through the
    /// file's own pages. Default true. False leaves them to the system's file cache, which processes share and the system may take back. The vectors always stay mapped.
    /// </summary>
    public bool RowsInMemory { get; init; } = true;
}
