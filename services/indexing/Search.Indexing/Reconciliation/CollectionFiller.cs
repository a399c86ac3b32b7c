namespace Search.Indexing.Reconciliation;

/// <summary>Fills the collections of models that are served beside the active one, for as long as the host runs.</summary>
internal sealed class CollectionFiller(FillingRound round, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<CollectionFiller> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.WaitUntilStartedAsync(stoppingToken);
        using var timer = new PeriodicTimer(FillingRound.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await round.RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.FillingFailed(logger, e);
            }
        }
    }
}
