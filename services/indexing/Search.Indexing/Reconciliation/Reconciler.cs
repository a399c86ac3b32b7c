using Microsoft.Extensions.Options;
using Search.Hosting.Health;
using Search.Hosting.Messaging;
using Search.Indexing.Storage;
using Search.Indexing.Telemetry;

namespace Search.Indexing.Reconciliation;

/// <summary>
/// Makes sure that every accepted picture arrives, whatever was lost: pictures whose events went down with a process or a queue, and pictures that the
/// active model's collection lacks.
/// </summary>
internal sealed class Reconciler(
    CatalogueDatabase catalogue,
    ModelFollower models,
    [FromKeyedServices(IndexingService.Name)] ReadinessGate readiness,
    IndexingMetrics metrics,
    IOptions<IndexingOptions> options,
    IOptions<MessagingOptions> messaging,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<Reconciler> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Until the embedding service has answered for the first time it may just be starting.</summary>
    private static readonly TimeSpan FirstAnswerInterval = TimeSpan.FromSeconds(2);

    private readonly long _start = time.GetUtcNow().ToUnixTimeMilliseconds();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await GuardAsync(() => RecoverAsync(stoppingToken), stoppingToken);
        readiness.Open();
        await lifetime.WaitUntilStartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await GuardAsync(() => models.FollowAsync(stoppingToken), stoppingToken);
            await Task.Delay(models.Answered ? Interval : FirstAnswerInterval, time, stoppingToken);
            await GuardAsync(() => ResendAsync(Late, stoppingToken), stoppingToken);
            await GuardAsync(() => catalogue.WriteAsync(session => session.Outbox.ForgetPublished(Late), stoppingToken), stoppingToken);
        }
    }

    /// <summary>
    /// An in-memory bus starts empty: whatever was on its way before this process is lost for certain. A broker still has it, unless it is very late.
    /// </summary>
    private async Task RecoverAsync(CancellationToken cancellation)
    {
        var lost = messaging.Value.Transport == MessagingTransport.InMemory;
        if (lost)
        {
            await catalogue.WriteAsync(
                session =>
                {
                    session.Outbox.Republish(_start);
                    session.ImageModels.ForgetSent();
                },
                cancellation);
        }
        await ResendAsync(lost ? _start : Late, cancellation);
    }

    private long Late => (time.GetUtcNow() - options.Value.ResendAfter).ToUnixTimeMilliseconds();

    private async Task ResendAsync(long before, CancellationToken cancellation)
    {
        var count = await RepeatAsync(session => Resending.Overdue(session, before), cancellation);
        metrics.Resent(count, "overdue");
        if (count > 0)
            Log.Resent(logger, count);
    }

    private async Task<int> RepeatAsync(Func<CatalogueSession, int> batch, CancellationToken cancellation)
    {
        var total = 0;
        int count;
        do
        {
            count = await catalogue.WriteAsync(batch, cancellation);
            total += count;
        }
        while (count == Resending.Batch);
        return total;
    }

    private async Task GuardAsync(Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.ReconciliationFailed(logger, e);
        }
    }
}
