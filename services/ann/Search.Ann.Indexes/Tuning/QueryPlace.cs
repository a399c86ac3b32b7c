using Search.Vectors;

namespace Search.Ann.Indexes.Tuning;

/// <summary>Where a query is drawn: a stored vector and its nearest others, and how much of each one's deviation from their mean goes into the query.</summary>
internal sealed record QueryPlace
{
    private readonly long[] _members;
    private readonly double[] _weights;

    private QueryPlace(long[] members, double[] weights, double reach) => (_members, _weights, Reach) = (members, weights, reach);

    /// <summary>From the stored vector to a certain one of the others; 0 where there are not so many.</summary>
    public double Reach { get; }

    /// <param name="weights">Normal numbers, one for each of the members wanted.</param>
    /// <param name="reach">The other to which <see cref="Reach"/> goes, the nearest being 1.</param>
    public static QueryPlace Around(IVectorIndex index, long id, double[] weights, int reach)
    {
        var vector = new float[index.Dimension];
        // Removed since it was listed.
        if (!index.TryGetVector(id, vector)) return new QueryPlace([id], weights, 0);
        var results = new ScoredId[weights.Length];
        var found = index.Search(vector, results.Length, default, results, out _);
        // Itself among them, which its id tells.
        var others = results.AsSpan(0, found).ToArray().Where(result => result.Id != id).Take(weights.Length - 1).ToArray();
        return new QueryPlace([id, .. others.Select(other => other.Id)], weights, others.Length < reach ? 0 : Distance(others[reach - 1].Score, index.Metric));
    }

    /// <summary>As the crow flies; under inner product there is none.</summary>
    public static double Distance(float score, VectorMetric metric) => metric switch
    {
        VectorMetric.Cosine => Math.Sqrt(Math.Max(0, 2 - 2d * score)),
        VectorMetric.SquaredL2 => Math.Sqrt(Math.Max(0, -(double)score)),
        _ => 0,
    };

    /// <summary>The query, its deviations scaled.</summary>
    public void Write(IVectorIndex index, double scale, Span<float> query)
    {
        var stored = new float[query.Length];
        var isThere = index.TryGetVector(_members[0], stored);
        query.Clear();
        var staysPut = index.Metric == VectorMetric.InnerProduct;
        if (staysPut) stored.CopyTo(query);
        var count = _members.Length;
        var mean = _weights.Take(count).Average();
        var member = new float[query.Length];
        for (var i = 0; i < count; i++)
        {
            if (!index.TryGetVector(_members[i], member)) continue;
            // As a normal number has a deviation of 1, that of the sum is the members' own.
            var weight = scale * (_weights[i] - mean) / Math.Sqrt(Math.Max(1, count - 1)) + (staysPut ? 0 : 1d / count);
            for (var d = 0; d < query.Length; d++)
                query[d] += (float)weight * member[d];
        }
        // The one vector that has no direction; and where there is hardly anybody near, the stored one.
        if (count >= 3 && (index.Metric != VectorMetric.Cosine || VectorKernels.SquaredNorm(query) > 0)) return;
        stored.CopyTo(query);
        if (!isThere) query[0] = 1;
    }
}
