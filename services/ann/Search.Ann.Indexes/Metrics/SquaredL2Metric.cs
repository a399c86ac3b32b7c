using Search.Vectors;
using Search.Vectors.Rows;

namespace Search.Ann.Indexes.Metrics;

internal readonly struct SquaredL2Metric : IMetric
{
    public static VectorMetric Kind => VectorMetric.SquaredL2;

    public static float Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => -VectorKernels.SquaredL2(a, b);

    public static float Nearer(float score, float alphaSquared) => score / alphaSquared;

    public static void ScoreAll(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores)
    {
        RowKernels.SquaredL2(query, rows, scores);
        foreach (ref var score in scores[..rows.Count])
            score = -score;
    }
}
