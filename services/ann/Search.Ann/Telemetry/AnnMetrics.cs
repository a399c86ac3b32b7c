using System.Diagnostics.Metrics;
using Search.Ann.Collections;
using Search.Contracts;
using Search.Hosting.Telemetry;

namespace Search.Ann.Telemetry;

/// <summary>The service's instruments. Sizes are read when they are scraped.</summary>
internal sealed class AnnMetrics
{
    private readonly Histogram<double> _duration = SearchTelemetry.Meter.CreateHistogram(
        "search.ann.search.duration", "s", "Time to find the neighbours of one vector",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5] });

    private readonly Histogram<long> _distances = SearchTelemetry.Meter.CreateHistogram(
        "search.ann.search.distances", "{distance}", "Distances computed for one search",
        advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000] });

    private readonly Counter<long> _writes = SearchTelemetry.Meter.CreateCounter<long>(
        "search.ann.writes", "{picture}", "Pictures stored, removed, or ignored because they came too late");

    private readonly Histogram<int> _batches = SearchTelemetry.Meter.CreateHistogram(
        "search.ann.write.batch", "{picture}", "Pictures written in one batch",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    public AnnMetrics(CollectionRegistry registry) => SearchTelemetry.Meter.CreateObservableGauge(
        "search.ann.collection.size",
        () => registry.Open.Select(collection => new Measurement<int>(collection.Count, Tag("model", collection.Model.Value))),
        "{picture}", "Pictures that searches can find");

    public void Searched(EmbeddingModelId model, TimeSpan duration, long distances)
    {
        _duration.Record(duration.TotalSeconds, Tag("model", model.Value));
        _distances.Record(distances, Tag("model", model.Value));
    }

    public void Wrote(int stored, int stale)
    {
        _batches.Record(stored + stale);
        _writes.Add(stored, Tag("outcome", "stored"));
        _writes.Add(stale, Tag("outcome", "stale"));
    }

    public void Removed(int count) => _writes.Add(count, Tag("outcome", "removed"));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
