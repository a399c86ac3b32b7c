namespace Search.Ann.Indexes.Metrics;

/// <summary>Something to be done in code compiled for one metric.</summary>
internal interface IMetricAction<out TResult>
{
    TResult Run<TMetric>()
        where TMetric : struct, IMetric;
}

/// <summary>The one place that turns a metric's name into its type.</summary>
internal static class MetricDispatch
{
    public static TResult Run<TResult>(VectorMetric metric, IMetricAction<TResult> action) => metric switch
    {
        VectorMetric.Cosine => action.Run<CosineMetric>(),
        VectorMetric.InnerProduct => action.Run<InnerProductMetric>(),
        VectorMetric.SquaredL2 => action.Run<SquaredL2Metric>(),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "No such metric."),
    };
}
