using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Health;
using Search.Hosting.Messaging;

namespace Search.Rerank.Catalogue;

/// <summary>Brings the read model up to date by asking for changes: at start, now and then, and when a search meets an unknown item.</summary>
internal sealed partial class CatalogueSync(
    ItemCatalogue catalogue, IQueryBus bus, IOptions<RerankOptions> options, TimeProvider time,
    [FromKeyedServices("rerank")] ReadinessGate ready, ILogger<CatalogueSync> logger) : BackgroundService
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1);
    private long _revision;

    /// <summary>Applies every change made before the call. Callers that come together share one round.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            while (true)
            {
                var changes = await bus.AskAsync<ListItemChanges, ItemChanges>(new ListItemChanges { AfterRevision = _revision }, Deadline, cancellation);
                foreach (var item in changes.Changed)
                    catalogue.Apply(item);
                foreach (var removed in changes.Removed)
                    catalogue.Apply(removed);
                if (changes.LastRevision <= _revision)
                    return;
                _revision = changes.LastRevision;
            }
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ready.WaitFor("the catalogue");
        var pause = TimeSpan.FromMilliseconds(100);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(stoppingToken);
                if (!ready.IsOpen)
                    LogCaughtUp(logger, catalogue.Count);
                ready.Open();
                pause = TimeSpan.FromSeconds(options.Value.CatchUpSeconds);
            }
            catch (ServiceProblemException e)
            {
                LogWaiting(logger, e.Problem.Detail);
                pause = TimeSpan.FromSeconds(Math.Min(5, pause.TotalSeconds * 2));
            }
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Caught up with the catalogue: {Count} items")]
    private static partial void LogCaughtUp(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue does not answer, trying again: {Detail}")]
    private static partial void LogWaiting(ILogger logger, string detail);
}
