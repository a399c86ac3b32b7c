using Search.Vectors;

namespace Search.Benchmarks.Growth;

/// <summary>
/// Unit vectors shaped like contrastive embeddings, as in the sets the peers are measured on: products with four views each, in few dimensions that matter, with scatter within a product and noise in all dimensions. Never
/// held as a whole: each is made from the seed and its number, so sets of any size stream through one buffer. Queries are unseen views. Thread-safe.
/// </summary>
internal sealed class GeneratedSet
{
    private const int Intrinsic = 24;
    private const int ViewsOfAProduct = 4;
    private const float Scatter = 0.45f;
    private const float Noise = 0.6f;

    private readonly ulong _seed;
    private readonly long _products;

    // A row of intrinsic components for each dimension, so that a component of a vector is one dot product.
    private readonly float[] _basis;

    internal GeneratedSet(int count, int dimension, ulong seed = 7)
    {
        (Count, Dimension, _seed) = (count, dimension, seed);
        _products = Math.Max(1, count / ViewsOfAProduct);
        _basis = new float[dimension * Intrinsic];
        new GaussianStream(seed, Kind.Basis, 0).AddTo(_basis, 1);
    }

    internal int Count { get; }

    internal int Dimension { get; }

    /// <summary>The vectors from <paramref name="first"/> on, as many as there is room for, made on all threads.</summary>
    internal void Fill(int first, Memory<float> rows) =>
        Parallel.For(0, rows.Length / Dimension, i => Make((first + i) % _products, new GaussianStream(_seed, Kind.View, (ulong)(first + i)), rows.Span.Slice(i * Dimension, Dimension)));

    /// <summary>Queries as rows of one array.</summary>
    internal float[] Queries(int count)
    {
        var rows = new float[count * Dimension];
        for (var i = 0; i < count; i++)
        {
            var stream = new GaussianStream(_seed, Kind.Query, (ulong)i);
            Make(stream.Below(_products), stream, rows.AsSpan(i * Dimension, Dimension));
        }
        return rows;
    }

    private void Make(long product, GaussianStream view, Span<float> row)
    {
        Span<float> latent = stackalloc float[Intrinsic];
        latent.Clear();
        new GaussianStream(_seed, Kind.Product, (ulong)product).AddTo(latent, 1);
        view.AddTo(latent, Scatter);
        for (var i = 0; i < row.Length; i++)
            row[i] = VectorKernels.Dot(latent, _basis.AsSpan(i * Intrinsic, Intrinsic));
        view.AddTo(row, Noise);
        VectorKernels.TryNormalize(row);
    }

    /// <summary>What a stream is for: no two kinds have a number in common.</summary>
    private static class Kind
    {
        internal const ulong Basis = 1;
        internal const ulong Product = 2;
        internal const ulong View = 3;
        internal const ulong Query = 4;
    }
}
