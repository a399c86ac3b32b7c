using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Search.Ann.Collections;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Tuning;

namespace Search.Ann.Tuning;

/// <summary>
/// Sets the effort of every approximate index to the least that reaches <see cref="AnnOptions.TargetRecall"/>: once it is there, and again each time it has doubled or halved. On one thread, one
/// index at a time, beside the searches. What was chosen is kept with the collection, and holds from the start of the next process on.
/// </summary>
internal sealed class EffortKeeper(CollectionRegistry registry, IOptions<AnnOptions> options, TimeProvider time, ILogger<EffortKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(10);

    // Below it a default effort looks at a good part of the index anyway.
    private const int LeastCount = 1_000;

    // What a page of results takes before they are ranked anew.
    private const int K = 20;

    // They prove a recall of 0.9925 at best, and their exact answers take a second for 100,000 vectors of 128 dimensions.
    private const int Queries = 400;
    private const int MostEffort = 10_000;

    // Indexes come and go with merges; what was found for one goes with it.
    private readonly ConditionalWeakTable<IVectorIndex, Found> _found = [];

    /// <summary>What was chosen for the index, or null.</summary>
    public TunedEffort? Of(IVectorIndex index) => _found.TryGetValue(index, out var found) ? found.Effort : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.TargetRecall == 0) return;
        await registry.WhenLoaded(stoppingToken);
        foreach (var collection in registry.Open)
            Restore(collection);
        using var timer = new PeriodicTimer(CheckEvery, time);
        do
        {
            foreach (var collection in registry.Open)
                await Task.Run(() => TuneAsync(collection, stoppingToken), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Restore(IVectorCollection collection)
    {
        if (collection is not IIndexedCollection indexed) return;
        foreach (var (index, chosen) in indexed.LoadEfforts())
        {
            var (count, target) = (index.Count, options.Value.TargetRecall);
            if (index is not ITunableIndex tunable || !ChosenEffort.Suits(chosen.Count, count) || chosen.Effort.TargetRecall != target)
            {
                AnnLog.EffortOutdated(logger, collection.Model, index.Name, chosen.Count, chosen.Effort.TargetRecall, count, target);
                continue;
            }
            tunable.DefaultEffort = chosen.Effort.Effort;
            _found.AddOrUpdate(index, new Found(chosen.Count, chosen.Effort));
            AnnLog.EffortRestored(logger, collection.Model, index.Name, count, chosen.Effort.Measured);
        }
    }

    // Not to be cancelled: it takes a moment, and what it keeps took seconds.
    private async Task KeepAsync(IVectorCollection collection, IIndexedCollection indexed)
    {
        var efforts = new Dictionary<IVectorIndex, ChosenEffort>();
        foreach (var index in indexed.Indexes)
        {
            if (_found.TryGetValue(index, out var found) && found.Effort is { } effort) efforts.Add(index, new ChosenEffort(found.Count, effort));
        }
        try
        {
            await indexed.KeepEffortsAsync(efforts, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            AnnLog.EffortsNotKept(logger, collection.Model, e);
        }
    }

    private async Task TuneAsync(IVectorCollection collection, CancellationToken cancellation)
    {
        if (collection is not IIndexedCollection indexed) return;
        foreach (var index in indexed.Indexes)
        {
            var count = index.Count;
            if (index is not ITunableIndex tunable || count < LeastCount) continue;
            if (_found.TryGetValue(index, out var before) && ChosenEffort.Suits(before.Count, count)) continue;
            try
            {
                var meter = RecallMeter.Prepare(index, QuerySample.Draw(index, Queries), K, threads: 1, cancellation);
                var tuned = EffortTuner.Tune(index, meter, new EffortTunerOptions { TargetRecall = options.Value.TargetRecall, MostEffort = MostEffort });
                tunable.DefaultEffort = tuned.Effort;
                _found.AddOrUpdate(index, new Found(count, tuned));
                AnnLog.EffortTuned(logger, collection.Model, index.Name, count, tuned.Outcome, tuned.Measured);
                await KeepAsync(collection, indexed);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // It was closed or replaced meanwhile, or is damaged, which its searches say. The effort stays as it was until the index has grown.
                _found.AddOrUpdate(index, new Found(count, null));
                AnnLog.TuningFailed(logger, collection.Model, index.Name, e);
            }
        }
    }

    private sealed record Found(int Count, TunedEffort? Effort);
}
