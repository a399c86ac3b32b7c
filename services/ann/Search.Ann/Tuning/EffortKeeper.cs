using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Search.Ann.Collections;
using Search.Ann.Indexes;
using Search.Ann.Indexes.Tuning;

namespace Search.Ann.Tuning;

/// <summary>
/// Sets the effort of every approximate index to the least that reaches <see cref="AnnOptions.TargetRecall"/>: once it is there, and again each time it has doubled or halved. On one thread, one
/// index at a time, beside the searches.
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
        using var timer = new PeriodicTimer(CheckEvery, time);
        do
        {
            foreach (var collection in registry.Open)
                await Task.Run(() => Tune(collection, stoppingToken), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Tune(IVectorCollection collection, CancellationToken cancellation)
    {
        foreach (var index in (collection as IIndexedCollection)?.Indexes ?? [])
        {
            var count = index.Count;
            if (index is not ITunableIndex tunable || count < LeastCount) continue;
            if (_found.TryGetValue(index, out var before) && count < 2 * before.Count && 2 * count > before.Count) continue;
            try
            {
                var meter = RecallMeter.Prepare(index, QuerySample.Draw(index, Queries), K, threads: 1, cancellation);
                var tuned = EffortTuner.Tune(index, meter, new EffortTunerOptions { TargetRecall = options.Value.TargetRecall, MostEffort = MostEffort });
                tunable.DefaultEffort = tuned.Effort;
                _found.AddOrUpdate(index, new Found(count, tuned));
                AnnLog.EffortTuned(logger, collection.Model, index.Name, count, tuned.Outcome, tuned.Measured);
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
