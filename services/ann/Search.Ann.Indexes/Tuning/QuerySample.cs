using Search.Vectors;

namespace Search.Ann.Indexes.Tuning;

/// <summary>
/// Queries for an index without a log of real ones. Each is drawn from the normal distribution of a place in the data: the mean of a stored vector and its nineteen nearest, and their deviations from it
/// weighted by normal numbers: as spread out as they are, in the directions in which they are. The deviations are then scaled until the query is about as far from its tenth nearest as
/// the stored vector is from its own: no vector is nearer to others for being stored, so that is how far real queries of the same distribution lie, among many as among few.
/// </summary>
/// <remarks>
/// Stored vectors themselves make poor queries: links and leaves were made for them. Moved at random they leave the data; moved by a difference of two neighbours they lie a quarter further out than real ones,
/// which graphs hardly feel and hash tables, whose collisions depend on the distance itself, pay with twice the effort. docs/indexes.md has the figures. Under inner product the nearest say nothing of where a vector lies: there queries are
/// stored vectors moved by such deviations. Queries of another distribution, such as photos of customers beside those of a studio, are another matter: measure with those where there are some.
/// </remarks>
public static class QuerySample
{
    // Fewer follow the data closer and lie too near to those they are made of; from 40 on they leave it.
    private const int Members = 20;

    // The neighbour whose distance is compared.
    private const int Tenth = 10;

    // What is made of its neighbours is nearer to some of them than a new vector is: the distance that makes up for it, by the recall of held-out queries.
    private const double Farther = 1.05;

    // Steps towards the scale: after three the distance is right to a hundredth or two.
    private const int Steps = 3;

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
        for (var q = 0; q < count; q++)
        {
            var id = ids[random.Next(ids.Length)];
            // As many numbers whatever it meets, so that one query does not change those after it.
            double[] weights = [.. Enumerable.Range(0, Members).Select(_ => Normal(random))];
            Write(index, QueryPlace.Around(index, id, weights, Tenth), queries.AsSpan(q * dimension, dimension));
        }
        return queries;
    }

    private static void Write(IVectorIndex index, QueryPlace place, Span<float> query)
    {
        var scale = 1d;
        place.Write(index, scale, query);
        Span<ScoredId> results = stackalloc ScoredId[Tenth];
        for (var step = 0; step < Steps && place.Reach > 0; step++)
        {
            if (index.Search(query, Tenth, default, results, out _) < Tenth) return;
            var distance = QueryPlace.Distance(results[^1].Score, index.Metric);
            if (distance <= 0) return;
            // A limit for data in which no scale makes them equal.
            scale = Math.Clamp(scale * Farther * place.Reach / distance, 0.25, 4);
            place.Write(index, scale, query);
        }
    }

    // Box and Muller; 1 - u lies in (0, 1], whose logarithm is finite.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
