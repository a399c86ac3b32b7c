using System.Diagnostics;
using HdrHistogram;
using Microsoft.Extensions.Logging.Abstractions;
using Search.Ann.Collections;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Local;
using Search.Contracts;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Benchmarks.Ann;

/// <summary>
/// <c>beside-writer [--count 100000] [--dimension 128] [--k 10] [--seconds 20] [--batch 16] [--segment-size N] [--exact-up-to N]</c>: one thread searches a local collection, quiet and then while another adds new pictures at full speed, so that segments are
/// sealed, frozen and merged all the time; both percentiles and their ratio, how many were added, and the longest a batch waited. Then what a start takes after a kill: with the longest journal
/// that the service lets come about, and with a snapshot alone.
/// </summary>
internal static class BesideWriterVerb
{
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("benchmark", "1", "00112233aabbccdd");

    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "count", "dimension", "k", "seconds", "batch", "segment-size", "exact-up-to");
        var (count, dimension, k) = (options.Number("count", 100_000), options.Number("dimension", 128), options.Number("k", 10));
        var (seconds, batch) = (TimeSpan.FromSeconds(options.Number("seconds", 20)), options.Number("batch", 16));
        using var folder = new TemporaryFolder();
        var settings = new LocalSettings(
            new IndexCatalogue(new ExactIndexFactory(), new HnswIndexFactory()), options.Number("exact-up-to", new Search.Ann.AnnOptions().ExactUpTo), FlushToDisk: false, TimeProvider.System)
        {
            SegmentSize = options.Number("segment-size", new Search.Ann.AnnOptions().SegmentSize),
        };
        // As many again for the writer, who starts over as replacements should those not suffice.
        var vectors = new RandomVectors(1).Clustered(2 * count, dimension, clusters: 1_000);
        var queries = vectors.Where((_, i) => i % 97 == 0).ToArray();
        var path = CollectionFolder.For(folder.Path, _model);
        LocalVectorCollection.Create(path, _model, dimension);
        var collection = LocalVectorCollection.Open(path, _model, settings, NullLogger.Instance);

        var filling = Stopwatch.GetTimestamp();
        for (var at = 0; at < count; at += 256)
            await collection.UpsertAsync(_model, Entries(vectors, at, Math.Min(256, count - at)), CancellationToken.None);
        var filled = Stopwatch.GetElapsedTime(filling);
        await Wait.UntilAsync(async () => (await collection.GetStatisticsAsync(CancellationToken.None)).Building is null, TimeSpan.FromMinutes(30));
        await collection.SnapshotAsync(CancellationToken.None);
        var segments = (await collection.GetStatisticsAsync(CancellationToken.None)).Segments;

        await SearchAsync(collection, queries, k, TimeSpan.FromSeconds(2)); // warm
        var quiet = await SearchAsync(collection, queries, k, seconds);

        using var stop = new CancellationTokenSource();
        var (written, longest) = (0, TimeSpan.Zero);
        var writer = Task.Factory.StartNew(
            () =>
            {
                for (; !stop.IsCancellationRequested; written += batch)
                {
                    var started = Stopwatch.GetTimestamp();
                    collection.UpsertAsync(_model, Entries(vectors, count + written, batch), CancellationToken.None).GetAwaiter().GetResult();
                    var took = Stopwatch.GetElapsedTime(started);
                    if (took > longest) longest = took;
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var pausedBefore = GC.GetTotalPauseDuration();
        var collectionsBefore = GC.CollectionCount(0);
        var busy = await SearchAsync(collection, queries, k, seconds);
        var (paused, collections) = (GC.GetTotalPauseDuration() - pausedBefore, GC.CollectionCount(0) - collectionsBefore);
        await stop.CancelAsync();
        await writer;
        var after = await collection.GetStatisticsAsync(CancellationToken.None);
        // As many as the service lets come before it takes a snapshot, and none on the way out: what a kill leaves at worst.
        await collection.SnapshotAsync(CancellationToken.None);
        var journaled = new Search.Ann.AnnOptions().SnapshotAfterWrites;
        for (var at = 0; at < journaled; at += batch)
            await collection.UpsertAsync(_model, Entries(vectors, count + written + at, Math.Min(batch, journaled - at)), CancellationToken.None);
        await collection.DisposeAsync();

        var (fromJournal, reopened) = Open(path, settings);
        await reopened.SnapshotAsync(CancellationToken.None);
        await reopened.DisposeAsync();
        var (fromSnapshot, last) = Open(path, settings);
        var vectorsAtEnd = last.Count;
        await last.DisposeAsync();
        JsonLine.Write(new
        {
            count,
            dimension,
            k,
            fillSeconds = Math.Round(filled.TotalSeconds, 1),
            segments,
            quietMs = Percentiles(quiet),
            besideWriterMs = Percentiles(busy),
            p99Ratio = Math.Round(busy.GetValueAtPercentile(99) / (double)quiet.GetValueAtPercentile(99), 2),
            collectorPausedMs = Math.Round(paused.TotalMilliseconds, 1),
            collections,
            writtenMeanwhile = written,
            longestBatchMs = Math.Round(longest.TotalMilliseconds, 1),
            segmentsAtEnd = after.Segments,
            bytesOnDiskAVector = Math.Round(after.BytesOnDisk!.Value / (double)vectorsAtEnd),
            recoverySeconds = Math.Round(fromJournal.TotalSeconds, 2),
            recoveredFromJournal = journaled,
            openFromSnapshotSeconds = Math.Round(fromSnapshot.TotalSeconds, 2),
        });
        return 0;
    }

    private static VectorEntry[] Entries(float[][] vectors, int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new VectorEntry($"item-{i % vectors.Length}/0", i, vectors[i % vectors.Length]))];

    private static (TimeSpan, LocalVectorCollection) Open(string path, LocalSettings settings)
    {
        var start = Stopwatch.GetTimestamp();
        var collection = LocalVectorCollection.Open(path, _model, settings, NullLogger.Instance);
        return (Stopwatch.GetElapsedTime(start), collection);
    }

    private static async Task<LongHistogram> SearchAsync(LocalVectorCollection collection, float[][] queries, int k, TimeSpan seconds)
    {
        var histogram = new LongHistogram(TimeSpan.TicksPerMinute, 3);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; Stopwatch.GetElapsedTime(begun) < seconds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await collection.SearchAsync(_model, queries[i * 31 % queries.Length], k, CancellationToken.None);
            histogram.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(start).Ticks));
        }
        return histogram;
    }

    private static object Percentiles(LongHistogram histogram)
    {
        double At(double percentile) => Math.Round(histogram.GetValueAtPercentile(percentile) / (double)TimeSpan.TicksPerMillisecond, 3);
        return new { p50 = At(50), p99 = At(99), p999 = At(99.9), max = At(100), searches = histogram.TotalCount };
    }
}
