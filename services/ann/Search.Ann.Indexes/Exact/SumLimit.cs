using Search.Ann.Indexes.Metrics;
using Search.Vectors.Rows;

namespace Search.Ann.Indexes.Exact;

/// <summary>
/// From a score that must be reached to the sum that a <see cref="QueryPanel"/> must show for it. Under squared distance |q − r|² = |q|² − 2(q·r − |r|²/2), so the bias is −|r|²/2;
/// otherwise there is none.
/// </summary>
internal static class SumLimit<TMetric>
    where TMetric : struct, IMetric
{
    // Rounding of the panel's sum, of the score itself and of the lengths, each within the bound of one sum.
    private const int Errors = 4;

    public static float Bias(double squaredLength) => TMetric.Kind == VectorMetric.SquaredL2 ? (float)(-squaredLength / 2) : 0;

    /// <param name="longest">Of the rows: no longer one is among them.</param>
    public static float Of(float threshold, int dimension, double length, double longest)
    {
        // Every cosine is clamped to at least -1: there no sum is too small.
        if (float.IsNegativeInfinity(threshold) || (TMetric.Kind == VectorMetric.Cosine && threshold <= -1)) return float.NegativeInfinity;
        var error = Errors * QueryPanel.ErrorOf(dimension);
        // What is lost where products are too small for full precision.
        var tiny = Errors * (double)dimension * float.Epsilon;
        var limit = TMetric.Kind == VectorMetric.SquaredL2
            ? (length * length + threshold) / 2 - error * (length + longest) * (length + longest) - tiny
            : threshold - error * length * longest - tiny;
        return MathF.BitDecrement((float)limit);
    }
}
