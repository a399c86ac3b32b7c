using System.Diagnostics.Metrics;
using Search.Hosting.Telemetry;

namespace Search.Gateway.Searching;

/// <summary>What searches cost. How many there are and how they end is in the metrics of the HTTP requests.</summary>
internal static class SearchMetrics
{
    private static readonly Histogram<double> Stage = SearchTelemetry.Meter.CreateHistogram(
        "search.gateway.stage.duration", "s", "Duration of a search and of its stages, each with the way to its service.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] });

    private static readonly Histogram<int> Candidates = SearchTelemetry.Meter.CreateHistogram(
        "search.gateway.candidates", "{picture}", "Pictures that the last round of a search looked at; far above k where filters leave little.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [50, 100, 200, 400, 800, 3200, 12_800, 51_200] });

    internal static void Record(string kind, TimeSpan vector, Found found, TimeSpan total)
    {
        var by = new KeyValuePair<string, object?>("kind", kind);
        Stage.Record(vector.TotalSeconds, by, new("stage", "vector"));
        Stage.Record(found.Searching.TotalSeconds, by, new("stage", "neighbours"));
        Stage.Record(found.Reranking.TotalSeconds, by, new("stage", "rerank"));
        Stage.Record(total.TotalSeconds, by, new("stage", "total"));
        Candidates.Record(found.Candidates, by);
    }
}
