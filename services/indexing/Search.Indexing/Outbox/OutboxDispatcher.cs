using Search.Indexing.Storage;

namespace Search.Indexing.Outbox;

/// <summary>
/// Publishes at once what the catalogue commits; when the broker can't take it, tries again with growing pauses. It works only while the bus does: from after
/// every service has started until before the first one is stopped.
/// </summary>
internal sealed class OutboxDispatcher(
    CatalogueDatabase catalogue, OutboxRound round, OutboxSignal signal, TimeProvider time, ILogger<OutboxDispatcher> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>In case a wake-up is ever missed; also when pictures that were lost on the way stop counting as in flight.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);

    /// <summary>How long a stopping service waits for the broker to take what is on its way to it.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _givingUp = new();
    private Task _loop = Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(() => RunAsync(_stopping.Token, _givingUp.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _givingUp.CancelAfter(Farewell);
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stopping.Dispose();
        _givingUp.Dispose();
    }

    private async Task RunAsync(CancellationToken stopping, CancellationToken givingUp)
    {
        var pause = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var published = await round.RunAsync(givingUp);
                pause = TimeSpan.Zero;
                if (published < OutboxRound.Batch)
                    await signal.WaitAsync(UntilNextDue(), time, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                // What has not left stays in the outbox.
                return;
            }
            catch (Exception e)
            {
                pause = pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
                Log.PublishFailed(logger, pause, e);
                await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
