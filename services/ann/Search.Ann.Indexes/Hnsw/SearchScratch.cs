namespace Search.Ann.Indexes.Hnsw;

/// <summary>What one search writes to. Rented from a pool for the length of a search, so that searches allocate nothing.</summary>
internal sealed class SearchScratch
{
    public VisitedSet Visited { get; } = new();

    /// <summary>Nodes seen and not yet expanded: the best on top, which is why its items are complemented.</summary>
    public MinHeap Frontier { get; } = new();

    /// <summary>The best nodes so far: the worst of them on top.</summary>
    public MinHeap Nearest { get; } = new();

    public long Distances { get; set; }

    public long Visits { get; set; }

    public void Begin() => Distances = Visits = 0;
}
