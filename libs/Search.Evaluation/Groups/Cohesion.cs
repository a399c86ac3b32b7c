using Search.Vectors;

namespace Search.Evaluation.Groups;

/// <summary>How well rows fit their clusters.</summary>
public static class Cohesion
{
    /// <summary>Mean cosine of each cluster's rows to its centroid: 1 when they are equal.</summary>
    public static double[] Of(Clustering clustering, ReadOnlyMemory<float> rows)
    {
        ArgumentNullException.ThrowIfNull(clustering);
        return [.. clustering.Members().Select((members, c) => members.Average(row => (double)Similarity(clustering, rows, row, c)))];
    }

    /// <summary>
    /// Mean over the rows of how much nearer the own centroid is than the nearest other, (b − a) / max(a, b) with distances 1 − cos: the simplified silhouette
    /// (Hruschka, de Castro and Campello 2004). −1 to 1, more is better; 0 with fewer than two clusters.
    /// </summary>
    public static double Silhouette(Clustering clustering, ReadOnlyMemory<float> rows)
    {
        ArgumentNullException.ThrowIfNull(clustering);
        if (clustering.Count < 2) return 0;
        var each = new double[clustering.Assignment.Count];
        Parallel.For(0, each.Length, row =>
        {
            var own = Math.Max(0, 1 - (double)Similarity(clustering, rows, row, clustering.Assignment[row]));
            var other = double.MaxValue;
            for (var c = 0; c < clustering.Count; c++)
            {
                if (c != clustering.Assignment[row]) other = Math.Min(other, Math.Max(0, 1 - (double)Similarity(clustering, rows, row, c)));
            }
            var larger = Math.Max(own, other);
            each[row] = larger == 0 ? 0 : (other - own) / larger;
        });
        return each.Average();
    }

    private static float Similarity(Clustering clustering, ReadOnlyMemory<float> rows, int row, int cluster) => VectorKernels.Dot(
        rows.Span.Slice(row * clustering.Dimension, clustering.Dimension), clustering.Centroids.Span.Slice(cluster * clustering.Dimension, clustering.Dimension));
}
