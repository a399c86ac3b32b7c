using Microsoft.Extensions.Options;
using Search.Ann.Collections;

namespace Search.Ann.Snapshots;

/// <summary>Folds journals into snapshots: after enough writes, after enough time, and on a graceful stop, so that the next start reads one file.</summary>
internal sealed class SnapshotService(
    CollectionRegistry registry, IOptions<AnnOptions> options, TimeProvider time, ILogger<SnapshotService> logger) : BackgroundService
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(CheckEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await RunAsync(IsDue, stoppingToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await RunAsync(snapshots => snapshots.WritesSinceSnapshot > 0, cancellationToken);
    }

    private bool IsDue(ISnapshotCollection collection) =>
        collection.WritesSinceSnapshot >= options.Value.SnapshotAfterWrites
        || (collection.WritesSinceSnapshot > 0 && time.GetUtcNow() - collection.LastSnapshot >= TimeSpan.FromMinutes(options.Value.SnapshotAfterMinutes));

    private async Task RunAsync(Func<ISnapshotCollection, bool> isDue, CancellationToken cancellation)
    {
        foreach (var collection in registry.Open)
        {
            if (collection is not ISnapshotCollection snapshots || !isDue(snapshots)) continue;
            var start = time.GetTimestamp();
            try
            {
                await snapshots.SnapshotAsync(cancellation);
                AnnLog.SnapshotTaken(logger, collection.Model, collection.Count, time.GetElapsedTime(start));
            }
            catch (ObjectDisposedException)
            {
                // Dropped meanwhile.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The journal still has every write; the next round tries again.
                AnnLog.SnapshotFailed(logger, collection.Model, e);
            }
        }
    }
}
