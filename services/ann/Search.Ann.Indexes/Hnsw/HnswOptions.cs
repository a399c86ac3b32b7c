namespace Search.Ann.Indexes.Hnsw;

/// <summary>The parameters of the paper. Immutable; they are stored with an index and hold for its life.</summary>
public sealed record HnswOptions
{
    internal const int LargestM = 128;
    internal const float MostAlpha = 2;

    private readonly int _m = 16;
    private readonly int _efConstruction = 200;
    private readonly int _efSearch = 128;
    private readonly float _alpha = 1;

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

    /// <summary>
    /// How much nearer to a chosen link than to the node itself a candidate must be to be left out as one that the chosen leads to; 1 to 2, default 1, the paper's rule. Above 1 more of the long links
    /// stay (Subramanya et al., "DiskANN", NeurIPS 2019): rows fill up, a step costs more and finds more. Measured with M 16, on 30,000 of Fashion-MNIST 1.05 raises the mean row from 13.4 to 17.7 links and recall at efSearch 10 from 0.952
    /// to 0.969, for 15 % more distances: about what a larger efSearch gives for them. On clustered unit vectors rows are nearly full at 1, and from 1.2 on what is chosen is no longer diverse: 0.784 becomes
    /// 0.799 at 1.1 and 0.780 at 1.5. No effect under inner product.
    /// </summary>
    public float Alpha
    {
        get => _alpha;
        init => _alpha = value is >= 1 and <= MostAlpha ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"Alpha is 1 to {MostAlpha}.");
    }

    internal float AlphaSquared => _alpha * _alpha;

    /// <summary>Draws the levels. The same seed and the same sequence of writes make the same graph. Default 42.</summary>
    public ulong Seed { get; init; } = 42;

    private static int RequireEf(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 10_000);
        return value;
    }
}
