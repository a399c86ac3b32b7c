namespace Search.Ann.Indexes.Hnsw;

/// <summary>What one search writes to. Rented from a pool for the length of a search, so that searches allocate nothing.</summary>
internal sealed class SearchScratch
{
    // The longest row of links, level 0 at the largest M.
    private readonly int[] _fresh = new int[2 * HnswOptions.LargestM + 1];

    public VisitedSet Visited { get; } = new();

    public CandidatePool Pool { get; } = new();

    /// <summary>Room for a node's neighbours that were not visited before.</summary>
    public Span<int> Fresh => _fresh;

    public long Distances { get; set; }

    public long Visits { get; set; }

    public void Begin() => Distances = Visits = 0;
}
