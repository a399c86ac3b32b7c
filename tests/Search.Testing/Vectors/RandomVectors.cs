namespace Search.Testing.Vectors;

/// <summary>Vectors for tests, the same for the same seed.</summary>
public sealed class RandomVectors(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Components normally distributed around 0 with deviation 1: no two vectors equal, no preferred direction.</summary>
    public float[] Gaussian(int dimension)
    {
        var vector = new float[dimension];
        for (var i = 0; i < dimension; i++)
            vector[i] = (float)NextGaussian();
        return vector;
    }

    /// <summary>A vector of length 1, its direction uniform on the sphere.</summary>
    public float[] Unit(int dimension) => Normalized(Gaussian(dimension));

    /// <summary>A vector of length 1 near <paramref name="centre"/>; <paramref name="spread"/> is the length of the noise relative to the centre's.</summary>
    public float[] UnitNear(ReadOnlySpan<float> centre, double spread)
    {
        var vector = Gaussian(centre.Length);
        var scale = spread / Math.Sqrt(centre.Length);
        for (var i = 0; i < vector.Length; i++)
            vector[i] = (float)(vector[i] * scale) + centre[i];
        return Normalized(vector);
    }

    /// <summary>
    /// Unit vectors in clusters: what embeddings look like, and harder for a graph than uniform ones, which have no structure to get lost in.
    /// </summary>
    public float[][] Clustered(int count, int dimension, int clusters, double spread = 0.5)
    {
        var centres = Enumerable.Range(0, clusters).Select(_ => Unit(dimension)).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => UnitNear(centres[i % clusters], spread))];
    }

    private static float[] Normalized(float[] vector)
    {
        var norm = Math.Sqrt(vector.Sum(component => (double)component * component));
        for (var i = 0; i < vector.Length; i++)
            vector[i] = (float)(vector[i] / norm);
        return vector;
    }

    // Box-Muller: 1 - NextDouble() lies in (0, 1], whose logarithm is finite.
    private double NextGaussian() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
