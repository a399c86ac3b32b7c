using Search.Vectors;

namespace Search.MetricLearning.HardNegatives;

/// <summary>Finds what a model takes for similar. May be called from one thread at a time.</summary>
public interface INeighbourSource : IDisposable
{
    /// <summary>
    /// The nearest embeddings by cosine, best first, the query's own among them; fewer than <paramref name="k"/> where there are not so many. May miss some and
    /// estimate scores: whoever asks compares the embeddings themselves.
    /// </summary>
    /// <param name="query">Unit length.</param>
    /// <param name="k">At least 1.</param>
    IReadOnlyList<ScoredId> Nearest(ReadOnlySpan<float> query, int k);
}
