using Search.Vectors;
using Search.Vectors.Rows;

namespace Search.Ann.Indexes.Metrics;

/// <summary>Vectors come at unit length, so the dot product is the cosine; rounding may carry it past ±1, hence the clamp.</summary>
internal readonly struct CosineMetric : IMetric
{
    public static VectorMetric Kind => VectorMetric.Cosine;

    public static float Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Math.Clamp(VectorKernels.Dot(a, b), -1f, 1f);

    // Of unit vectors |a − b|² is 2 − 2 cos.
    public static float Nearer(float score, float alphaSquared) => alphaSquared == 1 ? score : 1 - (1 - score) / alphaSquared;

    public static void ScoreAll(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores)
    {
        RowKernels.Dot(query, rows, scores);
        foreach (ref var score in scores[..rows.Count])
            score = Math.Clamp(score, -1f, 1f);
    }
}
