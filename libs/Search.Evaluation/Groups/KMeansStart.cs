using Search.Vectors;

namespace Search.Evaluation.Groups;

/// <summary>
/// First centroids: rows drawn with a chance in proportion to their squared distance, 2 − 2 cos, from those drawn before. Of several draws the one that leaves the rows nearest to a
/// centroid is taken (greedy k-means++, section 6 of Arthur and Vassilvitskii): a single draw often puts two centroids into one cluster and none into another.
/// </summary>
internal static class KMeansStart
{
    // Rows nearer than this to a centroid are it, but for rounding.
    private const double Same = 1e-6;

    /// <summary>At most <paramref name="k"/>; fewer when every row is one of them.</summary>
    public static float[] Draw(int dimension, ReadOnlyMemory<float> rows, int k, Random random)
    {
        var count = rows.Length / dimension;
        var draws = 2 + (int)Math.Log(k);
        var centroids = new List<float>(Math.Min(k, count) * dimension);
        var away = new double[count];
        Array.Fill(away, double.MaxValue);
        var next = random.Next(count);
        away = Nearer(next);
        while (true)
        {
            centroids.AddRange(rows.Span.Slice(next * dimension, dimension));
            var sum = away.Sum();
            if (centroids.Count == k * dimension || sum == 0) return [.. centroids];
            double[]? best = null;
            var least = double.PositiveInfinity;
            for (var draw = 0; draw < draws; draw++)
            {
                var candidate = Pick(away, random.NextDouble() * sum);
                var left = Nearer(candidate);
                if (left.Sum() is var rest && rest < least) (best, least, next) = (left, rest, candidate);
            }
            away = best!;
        }

        double[] Nearer(int centroid)
        {
            var distances = new double[count];
            Parallel.For(0, count, i =>
            {
                var squared = 2 - 2 * (double)VectorKernels.Dot(rows.Span.Slice(centroid * dimension, dimension), rows.Span.Slice(i * dimension, dimension));
                distances[i] = Math.Min(away[i], squared > Same ? squared : 0);
            });
            return distances;
        }
    }

    private static int Pick(double[] weights, double target)
    {
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0) continue;
            last = i;
            target -= weights[i];
            if (target < 0) break;
        }
        return last;
    }
}
