using CsCheck;
using Search.Testing.Vectors;
using Search.Vectors.Quantization;

namespace Search.Vectors.Tests.Quantization;

/// <summary>Data of many shapes for property tests: dimension, spread of the dimensions' ranges and offset from the origin vary.</summary>
internal sealed record QuantizerSamples(int Seed, int Dimension, CodeMetric Metric, float Scale, float Offset)
{
    public static readonly Gen<QuantizerSamples> Any = Gen.Select(
        Gen.Int[0, 1_000_000],
        Gen.Int[1, 70],
        Gen.Enum<CodeMetric>(),
        Gen.OneOf(Gen.Const(1e-3f), Gen.Const(1f), Gen.Const(1e3f)),
        Gen.OneOf(Gen.Const(0f), Gen.Const(5f)),
        (seed, dimension, metric, scale, offset) => new QuantizerSamples(seed, dimension, metric, scale, offset));

    public float[][] Vectors(int count)
    {
        var random = new RandomVectors(Seed);
        var ranges = random.Gaussian(Dimension).Select(MathF.Exp).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => random.Gaussian(Dimension).Select((x, d) => Scale * (x * ranges[d] + Offset)).ToArray())];
    }

    public static float[] Flat(IEnumerable<float[]> vectors) => [.. vectors.SelectMany(vector => vector)];

    /// <summary>The vector as the metric sees it.</summary>
    public static float[] Seen(float[] vector, CodeMetric metric)
    {
        var seen = vector.ToArray();
        if (metric == CodeMetric.Cosine) ScalarKernels.TryNormalize(seen);
        return seen;
    }

    /// <summary>The score without a quantiser, in float64.</summary>
    public static double Score(ReadOnlySpan<float> query, ReadOnlySpan<float> vector, CodeMetric metric)
    {
        var sum = 0d;
        for (var i = 0; i < query.Length; i++)
        {
            var difference = (double)query[i] - vector[i];
            sum += metric == CodeMetric.SquaredL2 ? -difference * difference : (double)query[i] * vector[i];
        }
        return sum;
    }
}
