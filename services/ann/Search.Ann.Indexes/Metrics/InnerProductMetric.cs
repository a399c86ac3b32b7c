using Search.Vectors;
using Search.Vectors.Rows;

namespace Search.Ann.Indexes.Metrics;

internal readonly struct InnerProductMetric : IMetric
{
    public static VectorMetric Kind => VectorMetric.InnerProduct;

    public static float Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => VectorKernels.Dot(a, b);

    public static float Nearer(float score, float alphaSquared) => score;

    public static void ScoreAll(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores) => RowKernels.Dot(query, rows, scores);
}
