using Search.Ann.Indexes.Filters;

namespace Search.Ann.Indexes;

/// <summary>How one search is done; <c>default</c> means the index's own defaults.</summary>
public readonly record struct SearchOptions
{
    private readonly int _effort;
    private readonly int _otherThreads;

    /// <summary>
    /// How much an approximate index looks at before it answers, in its own unit: efSearch for HNSW, candidates for a forest and for LSH. More finds more and takes longer; as much as the index
    /// has ids finds all, by looking at every vector. 0, the default, leaves it to the index; exact search has nothing to choose. With a <see cref="Filter"/> it counts what passes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Effort
    {
        get => _effort;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _effort = value;
        }
    }

    /// <summary>
    /// Threads that one call may use; 1 by default, 0 takes one a core. For <see cref="IVectorIndex.SearchAll"/>, and for one exact search of a large index without a filter; every other
    /// search uses one. The answer does not depend on it. A call on several threads allocates a little.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Threads
    {
        get => _otherThreads + 1;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _otherThreads = (value == 0 ? Environment.ProcessorCount : value) - 1;
        }
    }

    /// <summary>Which ids may be found; null, the default, for all. A search finds as many of them as it would find without, of those that pass.</summary>
    public IdFilter? Filter { get; init; }
}
