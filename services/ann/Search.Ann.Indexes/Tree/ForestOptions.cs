namespace Search.Ann.Indexes.Tree;

/// <summary>Parameters of a forest. Immutable; they are stored with an index and hold for its life.</summary>
public sealed record ForestOptions
{
    internal const int MostTrees = 128;
    internal const int SmallestLeaf = 8;
    internal const int LargestLeaf = 1_024;

    private readonly int _trees = 16;
    private readonly int _leafSize = 64;
    private readonly int _effort = 1_500;

    /// <summary>
    /// 1 to 128, default 16. More: better recall for the same number of candidates; each takes its time at every write and about
    /// 6 + 6 · dimension / <see cref="LeafSize"/> bytes a vector.
    /// </summary>
    public int Trees
    {
        get => _trees;
        init => _trees = OptionRange.Require(value, 1, MostTrees);
    }

    /// <summary>Most vectors in a leaf before it splits. 8 to 1,024, default 64. Smaller: candidates better chosen, more hyperplanes to keep and to visit.</summary>
    public int LeafSize
    {
        get => _leafSize;
        init => _leafSize = OptionRange.Require(value, SmallestLeaf, LargestLeaf);
    }

    /// <summary>Candidates of a search that names no effort of its own. 1 to 1,000,000, default 1,500.</summary>
    public int Effort
    {
        get => _effort;
        init => _effort = OptionRange.Require(value, 1, 1_000_000);
    }

    /// <summary>Draws the hyperplanes. The same seed and the same sequence of writes make the same forest. Default 42.</summary>
    public ulong Seed { get; init; } = 42;
}
