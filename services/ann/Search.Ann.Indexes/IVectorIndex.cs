using Search.Vectors;

namespace Search.Ann.Indexes;

/// <summary>
/// The read face of an index. Every member may be called from any number of threads, also while one thread writes; a search sees each
/// write entirely or not at all. The exception is Dispose, which no other call may overlap.
/// </summary>
/// <remarks>
/// Degenerate input has a defined answer: an empty index finds nothing; k above <see cref="Count"/> finds everything; a query of another
/// dimension, with a component that is not finite, or (under cosine) of length zero is an <see cref="InvalidVectorException"/>.
/// </remarks>
public interface IVectorIndex : IDisposable
{
    /// <summary>Name of the kind of index, as registered in the <see cref="IndexCatalogue"/>.</summary>
    string Name { get; }

    /// <summary>What a score is.</summary>
    VectorMetric Metric { get; }

    /// <summary>Components of every vector.</summary>
    int Dimension { get; }

    /// <summary>Number of ids, each with one vector.</summary>
    int Count { get; }

    /// <summary>Whether a vector is stored under this id.</summary>
    bool Contains(long id);

    /// <summary>All ids as they were at one moment, ascending.</summary>
    long[] ListIds();

    /// <summary>Copies the vector as it is stored: at unit length under cosine. False for an unknown id.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than the dimension.</exception>
    bool TryGetVector(long id, Span<float> destination);

    /// <summary>
    /// Writes the <paramref name="k"/> best to the start of <paramref name="results"/>, best first, equal scores by smaller id, and returns their
    /// number. The same contents and query give the same answer, and an effort of <see cref="Count"/> or more the exact one. Allocates nothing once warm.
    /// </summary>
    /// <param name="query">As many components as <see cref="Dimension"/>; any length other than zero under cosine.</param>
    /// <param name="k">At least 1.</param>
    /// <param name="results">Room for k results; fewer suffice where the index holds fewer.</param>
    /// <param name="statistics">What it took.</param>
    /// <exception cref="InvalidVectorException">The query cannot be compared; it says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k below 1.</exception>
    /// <exception cref="ArgumentException">Too little room for the results.</exception>
    int Search(ReadOnlySpan<float> query, int k, SearchOptions options, Span<ScoredId> results, out SearchStatistics statistics);

    /// <summary>
    /// <see cref="Search"/> for many queries at once: the same answers, to the bit. A writer beside it may come between two queries.
    /// </summary>
    /// <param name="queries">One row of <see cref="Dimension"/> components each.</param>
    /// <param name="results">Room for k results a query: those of query q start at q·k. What lies behind the results of a query stays as it was.</param>
    /// <param name="counts">By query: its number of results.</param>
    /// <param name="statistics">What all of them took.</param>
    /// <exception cref="InvalidVectorException">A query cannot be compared; it says which and why. Nothing was searched.</exception>
    /// <exception cref="ArgumentOutOfRangeException">k below 1.</exception>
    /// <exception cref="ArgumentException">A part of a query is left over, or there is too little room.</exception>
    void SearchAll(ReadOnlyMemory<float> queries, int k, SearchOptions options, Memory<ScoredId> results, Memory<int> counts, out SearchStatistics statistics) =>
        ManyQueries.SearchEach(this, queries, k, options, results, counts, out statistics);

    /// <summary>What it is, what it takes and how it is filled. Looks at every node: for people and dashboards, not for every search.</summary>
    IndexDescription Describe();

    /// <summary>Writes everything needed to <see cref="IVectorIndexFactory.Load"/> it. Searches go on meanwhile, writes wait.</summary>
    void Save(Stream stream);
}
