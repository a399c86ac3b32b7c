using Search.Vectors;

namespace Search.Evaluation;

/// <summary>
/// A map of vectors in two dimensions that keeps neighbours together: t-SNE (van der Maaten and Hinton, 2008), exact, O(n²) an iteration.
/// Distances between far groups and the sizes of groups mean nothing in such a map. The same input gives the same map on any number of threads.
/// </summary>
public static class TSne
{
    /// <summary>Above this the exact method takes minutes.</summary>
    public const int MostPoints = 5000;

    private const int ExaggeratedIterations = 100;
    private const double Exaggeration = 12;

    /// <summary>Coordinates of each row, scaled so that the larger extent is [0, 1].</summary>
    /// <param name="dimension">Components of a row.</param>
    /// <param name="rows">Rows one after the other; finite.</param>
    /// <param name="perplexity">How many neighbours a point roughly has; capped at a third of the points.</param>
    /// <param name="iterations">Steps of the descent, at least 1.</param>
    /// <param name="seed">Of the first placing.</param>
    /// <exception cref="ArgumentException">Too many rows, or a length that is no multiple of the dimension.</exception>
    public static (float X, float Y)[] Map(int dimension, ReadOnlyMemory<float> rows, double perplexity = 30, int iterations = 400, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        if (!(perplexity >= 1 && double.IsFinite(perplexity)))
            throw new ArgumentOutOfRangeException(nameof(perplexity), perplexity, "The perplexity must be 1 or more.");
        if (rows.Length % dimension != 0)
            throw new ArgumentException($"{rows.Length} components are no rows of {dimension}.", nameof(rows));
        var count = rows.Length / dimension;
        if (count > MostPoints)
            throw new ArgumentException($"{count} points are too many for the exact map; take a sample of at most {MostPoints}.", nameof(rows));
        if (count < 3)
            return [.. Enumerable.Range(0, count).Select(i => ((float)i, 0f))];

        var affinities = Affinities(dimension, rows, count, Math.Min(perplexity, (count - 1) / 3.0));
        return Scaled(Descend(affinities, count, iterations, new Random(seed)));
    }

    /// <summary>p(j|i) made symmetric, sum 1. Each row's bandwidth is found by bisection so that its entropy is log(perplexity).</summary>
    private static float[] Affinities(int dimension, ReadOnlyMemory<float> rows, int count, double perplexity)
    {
        var conditional = new float[count * count];
        Parallel.For(0, count, i =>
        {
            var own = rows.Span.Slice(i * dimension, dimension);
            var row = conditional.AsSpan(i * count, count);
            for (var j = 0; j < count; j++)
                row[j] = VectorKernels.SquaredL2(own, rows.Span.Slice(j * dimension, dimension));
            Bandwidth(row, i, Math.Log(perplexity));
        });
        var joint = new float[count * count];
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                joint[i * count + j] = Math.Max((conditional[i * count + j] + conditional[j * count + i]) / (2 * count), 1e-12f);
        return joint;
    }

    /// <summary>Turns squared distances into probabilities, in place.</summary>
    private static void Bandwidth(Span<float> row, int own, double wantedEntropy)
    {
        double low = 0, high = double.PositiveInfinity, beta = 1;
        var distances = row.ToArray();
        // Distances from the nearest: the exponentials neither all vanish nor overflow.
        var nearest = float.PositiveInfinity;
        for (var j = 0; j < distances.Length; j++)
            if (j != own)
                nearest = Math.Min(nearest, distances[j]);
        for (var step = 0; step < 60; step++)
        {
            double sum = 0, weighted = 0;
            for (var j = 0; j < distances.Length; j++)
            {
                var d = distances[j] - nearest;
                var p = j == own ? 0 : Math.Exp(-beta * d);
                row[j] = (float)p;
                sum += p;
                weighted += p * d;
            }
            var entropy = Math.Log(sum) + beta * weighted / sum;
            foreach (ref var p in row)
                p = (float)(p / sum);
            if (Math.Abs(entropy - wantedEntropy) < 1e-4)
                return;
            (low, high) = entropy > wantedEntropy ? (beta, high) : (low, beta);
            beta = double.IsInfinity(high) ? 2 * beta : (low + high) / 2;
        }
    }

    /// <summary>Gradient descent with momentum and a gain for each coordinate (Jacobs, 1988), affinities exaggerated at first.</summary>
    private static float[] Descend(float[] affinities, int count, int iterations, Random random)
    {
        float[] places = new float[2 * count], velocity = new float[2 * count], gains = new float[2 * count], gradient = new float[2 * count];
        foreach (ref var place in places.AsSpan())
            place = (float)(1e-2 * (random.NextDouble() - 0.5));
        Array.Fill(gains, 1);
        var sums = new double[count];
        var rate = Math.Max(50f, count / (float)Exaggeration);
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            var exaggeration = iteration < ExaggeratedIterations ? (float)Exaggeration : 1;
            Parallel.For(0, count, i => sums[i] = KernelSum(places, i));
            var total = (float)sums.Sum();
            Parallel.For(0, count, i => Force(affinities, places, gradient, i, exaggeration, total));
            var momentum = iteration < ExaggeratedIterations ? 0.5f : 0.8f;
            for (var c = 0; c < places.Length; c++)
            {
                gains[c] = Math.Max(0.01f, gradient[c] * velocity[c] > 0 ? gains[c] * 0.8f : gains[c] + 0.2f);
                velocity[c] = momentum * velocity[c] - rate * gains[c] * gradient[c];
                places[c] += velocity[c];
            }
        }
        return places;
    }

    private static double KernelSum(float[] places, int i)
    {
        double sum = 0;
        float x = places[2 * i], y = places[2 * i + 1];
        for (var j = 0; j < places.Length; j += 2)
        {
            float dx = x - places[j], dy = y - places[j + 1];
            sum += 1 / (1 + dx * dx + dy * dy);
        }
        return sum - 1;
    }

    private static void Force(float[] affinities, float[] places, float[] gradient, int i, float exaggeration, float total)
    {
        var count = places.Length / 2;
        var row = affinities.AsSpan(i * count, count);
        float x = places[2 * i], y = places[2 * i + 1], forceX = 0, forceY = 0;
        for (var j = 0; j < count; j++)
        {
            float dx = x - places[2 * j], dy = y - places[2 * j + 1], kernel = 1 / (1 + dx * dx + dy * dy);
            var pull = (exaggeration * row[j] - kernel / total) * kernel;
            forceX += pull * dx;
            forceY += pull * dy;
        }
        (gradient[2 * i], gradient[2 * i + 1]) = (4 * forceX, 4 * forceY);
    }

    private static (float X, float Y)[] Scaled(float[] places)
    {
        float left = float.PositiveInfinity, right = float.NegativeInfinity, top = float.PositiveInfinity, bottom = float.NegativeInfinity;
        for (var i = 0; i < places.Length; i += 2)
        {
            (left, right) = (Math.Min(left, places[i]), Math.Max(right, places[i]));
            (top, bottom) = (Math.Min(top, places[i + 1]), Math.Max(bottom, places[i + 1]));
        }
        var extent = Math.Max(Math.Max(right - left, bottom - top), float.Epsilon);
        var map = new (float X, float Y)[places.Length / 2];
        for (var i = 0; i < map.Length; i++)
            map[i] = ((places[2 * i] - left) / extent, (places[2 * i + 1] - top) / extent);
        return map;
    }
}
