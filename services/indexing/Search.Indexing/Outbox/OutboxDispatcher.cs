using Search.Indexing.Storage;

namespace Search.Indexing.Outbox;

/// <summary>Publishes at once what the catalogue commits; when the broker can't take it, tries again with growing pauses.</summary>
internal sealed class OutboxDispatcher(
    CatalogueDatabase catalogue,
    OutboxRound round,
    OutboxSignal signal,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>In case a wake-up is ever missed; also when pictures that were lost on the way stop counting as in flight.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Consumers subscribe while the host starts; an event published before that would reach nobody.
        await lifetime.WaitUntilStartedAsync(stoppingToken);
        // The bus goes down before this service is told to stop.
        using var running = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await RunAsync(running.Token);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        var pause = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var published = await round.RunAsync(stopping);
                pause = TimeSpan.Zero;
                if (published == 0)
                    await signal.WaitAsync(UntilNextDue(), time, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                pause = pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
                Log.PublishFailed(logger, pause, e);
                await Task.Delay(pause, time, stopping);
            }
        }
    }

    private TimeSpan UntilNextDue()
    {
        var due = catalogue.Read(session => session.Outbox.NextDue() ?? long.MaxValue);
        var wait = due == long.MaxValue ? LongestSleep : TimeSpan.FromMilliseconds(Math.Max(1, due - time.GetUtcNow().ToUnixTimeMilliseconds()));
        return wait < LongestSleep ? wait : LongestSleep;
    }
}
