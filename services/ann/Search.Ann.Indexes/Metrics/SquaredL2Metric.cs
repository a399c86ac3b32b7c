using Search.Vectors;

namespace Search.Ann.Indexes.Metrics;

internal readonly struct SquaredL2Metric : IMetric
{
    public static VectorMetric Kind => VectorMetric.SquaredL2;

    public static float Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => -VectorKernels.SquaredL2(a, b);

    public static float Nearer(float score, float alphaSquared) => score / alphaSquared;
}
