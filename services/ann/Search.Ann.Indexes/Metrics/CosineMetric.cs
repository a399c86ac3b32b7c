using Search.Vectors;

namespace Search.Ann.Indexes.Metrics;

/// <summary>Vectors come at unit length, so the dot product is the cosine; rounding may carry it past ±1, hence the clamp.</summary>
internal readonly struct CosineMetric : IMetric
{
    public static VectorMetric Kind => VectorMetric.Cosine;

    public static float Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Math.Clamp(VectorKernels.Dot(a, b), -1f, 1f);
}
