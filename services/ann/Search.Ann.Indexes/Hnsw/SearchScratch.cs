using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>What one search writes to. Rented from a pool for the length of a search, so that searches allocate nothing.</summary>
internal sealed class SearchScratch
{
    private const int LongestRow = 2 * HnswOptions.LargestM;

    // A filtered search adds the neighbours of neighbours, and stops at the row that makes them as many as a row.
    private readonly int[] _fresh = new int[2 * LongestRow + 1];
    private readonly int[] _between = new int[LongestRow];
    private readonly ulong[] _scored = new ulong[2 * LongestRow + 1];

    private ulong[] _room = [];

    public VisitedSet Visited { get; } = new();

    public CandidatePool Pool { get; } = new();

    /// <summary>Of a search with a filter, whose results alone are in <see cref="Pool"/>: the nodes that lead on, inverted so that the best is the smallest.</summary>
    public MinHeap Frontier { get; } = new();

    /// <summary>Room for a node's neighbours that were not visited before.</summary>
    public Span<int> Fresh => _fresh;

    /// <summary>Room for those of them that only lead to others.</summary>
    public Span<int> Between => _between;

    /// <summary>Room for them with their scores.</summary>
    public Span<ulong> Scored => _scored;

    public long Distances { get; set; }

    public long Visits { get; set; }

    /// <summary>Room for so many packed candidates beside the pool.</summary>
    public Span<ulong> RoomFor(int candidates)
    {
        if (_room.Length < candidates) _room = new ulong[candidates];
        return _room.AsSpan(0, candidates);
    }

    public void Begin() => Distances = Visits = 0;
}
