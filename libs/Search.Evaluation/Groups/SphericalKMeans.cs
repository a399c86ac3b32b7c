namespace Search.Evaluation.Groups;

/// <summary>
/// k-means on directions (Dhillon and Modha 2001), started as k-means++ does (Arthur and Vassilvitskii 2007): centroids are unit vectors, and nearness is the
/// cosine. The same rows, k and seed give the same clusters on one machine, on any number of threads.
/// </summary>
public static class SphericalKMeans
{
    /// <param name="dimension">Components of a row.</param>
    /// <param name="rows">Unit vectors, one after the other; finite.</param>
    /// <param name="k">Clusters wanted, at least 1. There are fewer where there are fewer different rows.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellation">Ends it between two rounds.</param>
    /// <exception cref="ArgumentException">A length that is no multiple of the dimension.</exception>
    public static Clustering Cluster(int dimension, ReadOnlyMemory<float> rows, int k, SphericalKMeansOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        options ??= new SphericalKMeansOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Restarts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rounds, 1);
        if (rows.Length % dimension != 0)
            throw new ArgumentException($"{rows.Length} components are no rows of {dimension}.", nameof(rows));
        if (rows.IsEmpty) return new Clustering(dimension, [], []);

        var random = new Random(options.Seed);
        KMeansRun? best = null;
        for (var start = 0; start < options.Restarts; start++)
        {
            var run = new KMeansRun(dimension, rows, KMeansStart.Draw(dimension, rows, k, random));
            run.Settle(options.Rounds, cancellation);
            if (best is null || run.Similarity > best.Similarity) best = run;
        }
        return best!.ToClustering();
    }
}
