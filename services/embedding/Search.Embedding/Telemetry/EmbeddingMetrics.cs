using System.Diagnostics.Metrics;
using Search.Hosting.Telemetry;

namespace Search.Embedding;

/// <summary>The service's instruments, <c>search.embedding.*</c>. Durations in seconds.</summary>
internal static class EmbeddingMetrics
{
    private static readonly InstrumentAdvice<double> s_seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    /// <summary>Rate, errors and duration: tags <c>source</c> (query, catalogue) and <c>outcome</c>.</summary>
    internal static readonly Histogram<double> RequestDuration = SearchTelemetry.Meter.CreateHistogram(
        "search.embedding.request.duration", "s", "Time to answer for one picture, by source and outcome.", advice: s_seconds);

    internal static readonly UpDownCounter<int> QueueDepth = SearchTelemetry.Meter.CreateUpDownCounter<int>(
        "search.embedding.queue.depth", "{picture}", "Pictures that wait for the model.");

    internal static readonly Histogram<int> BatchSize = SearchTelemetry.Meter.CreateHistogram(
        "search.embedding.batch.size", "{picture}", "Pictures in one inference; its sum is the number of pictures embedded.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    internal static readonly Histogram<double> DecodeDuration = SearchTelemetry.Meter.CreateHistogram(
        "search.embedding.decode.duration", "s", "Time to decode, hash and prepare one picture.", advice: s_seconds);

    internal static readonly Histogram<double> InferenceDuration = SearchTelemetry.Meter.CreateHistogram(
        "search.embedding.inference.duration", "s", "Time of one inference, waiting not included.", advice: s_seconds);

    /// <summary>Tag <c>result</c>: hit or miss.</summary>
    internal static readonly Counter<long> StoreLookups = SearchTelemetry.Meter.CreateCounter<long>(
        "search.embedding.store.lookups", "{lookup}", "Vectors asked from the store.");
}
