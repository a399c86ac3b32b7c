using Search.Vectors.Quantization;

namespace Search.Ann.Indexes.Metrics;

internal static class CodeMetrics
{
    /// <summary>What a quantiser's scores must estimate to order as the metric does.</summary>
    public static CodeMetric ForCodes(this VectorMetric metric) => metric switch
    {
        VectorMetric.Cosine => CodeMetric.Cosine,
        VectorMetric.InnerProduct => CodeMetric.InnerProduct,
        _ => CodeMetric.SquaredL2,
    };
}
