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
/// A local collection of the size of a catalogue: writes a second in batches, searches quiet and while a writer writes at full speed, time to
/// open it from the journal and from a snapshot.
/// </summary>
internal static class CollectionVerb
{
    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("benchmark", "1", "00112233aabbccdd");

    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "count", "dimension", "k", "searches", "batch", "exact-up-to");
        var (count, dimension, k) = (options.Number("count", 1_566), options.Number("dimension", 128), options.Number("k", 50));
        var searches = options.Number("searches", 5_000);
        using var folder = new TemporaryFolder();
        var settings = new LocalSettings(
            new IndexCatalogue(new ExactIndexFactory(), new HnswIndexFactory()), options.Number("exact-up-to", new Search.Ann.AnnOptions().ExactUpTo), FlushToDisk: false, TimeProvider.System);
        var vectors = new RandomVectors(1).Clustered(count, dimension, clusters: 100);
        var path = CollectionFolder.For(folder.Path, _model);
        LocalVectorCollection.Create(path, _model, dimension);

        var collection = LocalVectorCollection.Open(path, _model, settings, NullLogger.Instance);
        var start = Stopwatch.GetTimestamp();
        foreach (var batch in vectors.Select((vector, i) => new VectorEntry($"item-{i}/0", 1, vector)).Chunk(options.Number("batch", 64)))
            await collection.UpsertAsync(_model, batch, CancellationToken.None);
        var writesPerSecond = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await Wait.UntilAsync(async () => (await collection.GetStatisticsAsync(CancellationToken.None)).Building is null, TimeSpan.FromMinutes(30));

        await SearchAsync(collection, vectors, k, searches); // warm
        var quiet = await SearchAsync(collection, vectors, k, searches);
        using var stop = new CancellationTokenSource();
        var writes = 0;
        var writer = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; writes++)
                await collection.UpsertAsync(_model, [new VectorEntry($"item-{writes % count}/0", 2 + writes, vectors[(writes * 7 + 1) % count])], CancellationToken.None);
        });
        var busy = await SearchAsync(collection, vectors, k, searches);
        await stop.CancelAsync();
        await writer;
        var index = (await collection.GetStatisticsAsync(CancellationToken.None)).Index;
        await collection.DisposeAsync();

        var (fromJournal, reopened) = Open(path, settings);
        await reopened.SnapshotAsync(CancellationToken.None);
        await reopened.DisposeAsync();
        var (fromSnapshot, last) = Open(path, settings);
        await last.DisposeAsync();
        JsonLine.Write(new
        {
            count,
            dimension,
            k,
            index,
            writesPerSecond = Math.Round(writesPerSecond),
            searchQuietMs = Percentiles(quiet),
            searchWhileWritingMs = Percentiles(busy),
            writesMeanwhile = writes,
            openFromJournalMs = Math.Round(fromJournal.TotalMilliseconds, 1),
            openFromSnapshotMs = Math.Round(fromSnapshot.TotalMilliseconds, 1),
        });
        return 0;
    }

    private static (TimeSpan, LocalVectorCollection) Open(string path, LocalSettings settings)
    {
        var start = Stopwatch.GetTimestamp();
        var collection = LocalVectorCollection.Open(path, _model, settings, NullLogger.Instance);
        return (Stopwatch.GetElapsedTime(start), collection);
    }

    private static async Task<LongHistogram> SearchAsync(LocalVectorCollection collection, float[][] vectors, int k, int searches)
    {
        var histogram = new LongHistogram(TimeSpan.TicksPerMinute, 3);
        for (var i = 0; i < searches; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await collection.SearchAsync(_model, vectors[i * 31 % vectors.Length], k, CancellationToken.None);
            histogram.RecordValue(Stopwatch.GetElapsedTime(start).Ticks);
        }
        return histogram;
    }

    private static object Percentiles(LongHistogram histogram)
    {
        double At(double percentile) => Math.Round(histogram.GetValueAtPercentile(percentile) / (double)TimeSpan.TicksPerMillisecond, 3);
        return new { p50 = At(50), p95 = At(95), p99 = At(99), max = At(100) };
    }
}
