using Search.Vectors;

namespace Search.Evaluation.Groups;

/// <summary>
/// A few members that stand for a cluster. The first is the medoid, the member most similar to all on average; each further one is what brings the others
/// nearest to a representative (the BUILD phase of PAM, Kaufman and Rousseeuw 1990). Members, not centroids: those can be looked at.
/// </summary>
public static class Representatives
{
    /// <summary>Of a larger cluster so many members, evenly spread, are considered for all but the medoid: the work goes with the square.</summary>
    public const int MostConsidered = 500;

    /// <summary>Members out of <paramref name="members"/>, best first; all different.</summary>
    /// <param name="dimension">Components of a row.</param>
    /// <param name="rows">Unit vectors, one after the other.</param>
    /// <param name="members">Indices of the cluster's rows.</param>
    /// <param name="count">How many are wanted, at least 1; fewer when the cluster has not so many.</param>
    public static int[] Of(int dimension, ReadOnlyMemory<float> rows, IReadOnlyList<int> members, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentNullException.ThrowIfNull(members);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (members.Count == 0) return [];
        ReadOnlySpan<float> Row(int member) => rows.Span.Slice(member * dimension, dimension);

        var chosen = new List<int> { Medoid(dimension, rows, members) };
        var step = Math.Max(1, (members.Count + MostConsidered - 1) / MostConsidered);
        int[] considered = [.. members.Where((_, i) => i % step == 0)];
        float[] nearest = [.. considered.Select(member => VectorKernels.Dot(Row(member), Row(chosen[0])))];
        while (chosen.Count < Math.Min(count, considered.Length))
        {
            var (best, most) = (-1, double.NegativeInfinity);
            foreach (var candidate in considered)
            {
                if (chosen.Contains(candidate)) continue;
                var gain = 0.0;
                for (var i = 0; i < considered.Length; i++)
                    gain += Math.Max(0, VectorKernels.Dot(Row(considered[i]), Row(candidate)) - nearest[i]);
                if (gain > most) (best, most) = (candidate, gain);
            }
            if (best < 0) break;
            chosen.Add(best);
            for (var i = 0; i < considered.Length; i++)
                nearest[i] = Math.Max(nearest[i], VectorKernels.Dot(Row(considered[i]), Row(best)));
        }
        return [.. chosen];
    }

    /// <summary>Mean cosine to all members is the cosine to their sum: no pairs need be compared.</summary>
    private static int Medoid(int dimension, ReadOnlyMemory<float> rows, IReadOnlyList<int> members)
    {
        var sum = new double[dimension];
        foreach (var member in members)
        {
            var row = rows.Span.Slice(member * dimension, dimension);
            for (var d = 0; d < dimension; d++)
                sum[d] += row[d];
        }
        return members.MaxBy(member =>
        {
            var row = rows.Span.Slice(member * dimension, dimension);
            var dot = 0.0;
            for (var d = 0; d < dimension; d++)
                dot += row[d] * sum[d];
            return dot;
        });
    }
}
