namespace Search.Ann.Indexes.Hnsw;

/// <summary>The parameters of the paper. Immutable; they are stored with an index and hold for its life.</summary>
public sealed record HnswOptions
{
    internal const int LargestM = 128;

    private readonly int _m = 16;
    private readonly int _efConstruction = 200;
    private readonly int _efSearch = 128;

    /// <summary>
    /// Links a new node asks for, and the most a node keeps on the upper levels; on level 0 it keeps 2M. 4 to 128, default 16. More: better recall for
    /// difficult data, slower to build, 8 bytes a vector for each.
    /// </summary>
    public int M
    {
        get => _m;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 4);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LargestM);
            _m = value;
        }
    }

    /// <summary>Candidates kept while looking for a new node's links. 1 to 10,000, default 200. More: a better graph, built more slowly.</summary>
    public int EfConstruction
    {
        get => _efConstruction;
        init => _efConstruction = RequireEf(value);
    }

    /// <summary>Candidates kept by a search that names no effort of its own; never below k. 1 to 10,000, default 128.</summary>
    public int EfSearch
    {
        get => _efSearch;
        init => _efSearch = RequireEf(value);
    }

    /// <summary>Draws the levels. The same seed and the same sequence of writes make the same graph. Default 42.</summary>
    public ulong Seed { get; init; } = 42;

    private static int RequireEf(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10_000);
        return value;
    }
}
