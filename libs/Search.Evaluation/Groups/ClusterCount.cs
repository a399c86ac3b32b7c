namespace Search.Evaluation.Groups;

/// <summary>
/// How many clusters rows fall into, where nobody says: of a fixed list of numbers the one with the highest simplified silhouette on an even sample of the rows. It finds
/// clusters that lie apart; where a catalogue is one continuum it is a choice for the eye, and asking for a number is as good.
/// </summary>
public static class ClusterCount
{
    /// <summary>The numbers tried.</summary>
    public static IReadOnlyList<int> Candidates { get; } = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40];

    private const int Sample = 4_000;

    // A cluster of fewer rows says nothing about a catalogue.
    private const int LeastRows = 3;

    /// <summary>1 where there are too few rows for two clusters.</summary>
    /// <param name="dimension">Components of a row.</param>
    /// <param name="rows">Unit vectors, one after the other.</param>
    /// <param name="tried">Told how many of <see cref="Candidates"/> are done, for progress.</param>
    /// <param name="cancellation">Ends it between two rounds.</param>
    public static int Choose(int dimension, ReadOnlyMemory<float> rows, Action<int>? tried = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        var sample = Thinned(dimension, rows);
        var (best, highest) = (1, 0.0);
        for (var i = 0; i < Candidates.Count; i++)
        {
            var k = Candidates[i];
            if (k * LeastRows * dimension > sample.Length) break;
            var clustering = SphericalKMeans.Cluster(dimension, sample, k, cancellation: cancellation);
            var silhouette = Cohesion.Silhouette(clustering, sample);
            if (silhouette > highest) (best, highest) = (clustering.Count, silhouette);
            tried?.Invoke(i + 1);
        }
        return best;
    }

    private static ReadOnlyMemory<float> Thinned(int dimension, ReadOnlyMemory<float> rows)
    {
        var count = rows.Length / dimension;
        var step = (count + Sample - 1) / Sample;
        if (step <= 1) return rows;
        var kept = new float[(count + step - 1) / step * dimension];
        for (var i = 0; i * step < count; i++)
            rows.Slice(i * step * dimension, dimension).CopyTo(kept.AsMemory(i * dimension));
        return kept;
    }
}
