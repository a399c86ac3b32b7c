using Search.Vectors;

namespace Search.Ann.Indexes.Tuning;

/// <summary>
/// Queries for an index without a log of real ones: each is a stored vector, moved by the difference of two of its neighbours. So it lies where a vector of the same distribution might, as far
/// from its neighbours as they are from each other, and is none of those stored.
/// </summary>
/// <remarks>
/// Stored vectors themselves make poor queries: links and leaves were made for them. Where held-out queries find 0.795 and 0.906 of ten neighbours by HNSW (40,000 clustered unit vectors of 128
/// dimensions, efSearch 10 and 20), stored vectors find 0.993 and 0.996, moved at random by the distance of their nearest neighbour 0.940 and 0.971, and these queries 0.825 and 0.916; by a forest
/// 0.131, 0.209, 0.178 and 0.122 at effort 50. On 40,000 of Fashion-MNIST: 0.943, 0.978, 0.969 and 0.948 by HNSW at efSearch 10. The bias left is a few thousandths at the recalls that
/// matter. Queries of another distribution, such as photos of customers beside those of a studio, are another matter: measure with those where there are some.
/// </remarks>
public static class QuerySample
{
    private const int Neighbours = 10;

    /// <summary>Draws queries; the same index and seed give the same.</summary>
    /// <param name="count">At least 1. Vectors are drawn with repetition, so there may be more queries than vectors.</param>
    /// <returns>Row after row; none of an empty index.</returns>
    public static float[] Draw(IVectorIndex index, int count, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var ids = index.ListIds();
        if (ids.Length == 0) return [];
        var random = new Random(seed);
        var dimension = index.Dimension;
        var queries = new float[checked(count * dimension)];
        var results = new ScoredId[Neighbours + 1];
        var (from, to) = (new float[dimension], new float[dimension]);
        for (var q = 0; q < count; q++)
        {
            var query = queries.AsSpan(q * dimension, dimension);
            var id = ids[random.Next(ids.Length)];
            // Each draws the same numbers whatever it meets, so that one does not change those after it.
            var (first, second) = (random.Next(Neighbours), random.Next(Neighbours - 1));
            if (!index.TryGetVector(id, query))
            {
                // Removed since it was listed.
                query.Clear();
                query[0] = 1;
                continue;
            }
            var found = index.Search(query, results.Length, default, results, out _);
            // Itself among them, which its id tells: fewer than two others leave it where it is.
            var others = results.AsSpan(0, Without(id, results.AsSpan(0, found)));
            if (others.Length < 2) continue;
            (first, second) = (first % others.Length, second % (others.Length - 1));
            if (second >= first) second++;
            if (!index.TryGetVector(others[first].Id, to) || !index.TryGetVector(others[second].Id, from)) continue;
            Move(query, from, to, index.Metric);
        }
        return queries;
    }

    private static int Without(long id, Span<ScoredId> found)
    {
        var kept = 0;
        foreach (var result in found)
        {
            if (result.Id != id && kept < Neighbours) found[kept++] = result;
        }
        return kept;
    }

    private static void Move(Span<float> query, ReadOnlySpan<float> from, ReadOnlySpan<float> to, VectorMetric metric)
    {
        for (var i = 0; i < query.Length; i++)
            query[i] += to[i] - from[i];
        // The one vector that has no direction stays the stored one.
        if (metric != VectorMetric.Cosine || VectorKernels.SquaredNorm(query) > 0) return;
        for (var i = 0; i < query.Length; i++)
            query[i] = from[i];
    }
}
