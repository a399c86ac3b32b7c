using Search.Hosting.Health;

namespace Search.Ann.Collections;

/// <summary>Opens the collections at start, beside everything else that starts, and then opens the readiness gate.</summary>
internal sealed class CollectionLoader(
    CollectionRegistry registry, [FromKeyedServices(AnnServices.ServiceName)] ReadinessGate ready, ILogger<CollectionLoader> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ready.WaitFor("collections to be loaded");
        // Reading large files must not hold up the start of the services registered after this one.
        await Task.Yield();
        await registry.LoadAsync((model, e) => AnnLog.CollectionDamaged(logger, model, e), stoppingToken);
        foreach (var collection in registry.Open)
            AnnLog.CollectionLoaded(logger, collection.Model, collection.Count);
        // A replica that has lost a collection must not take searches from one that has not.
        if (registry.Damaged.Count > 0) ready.WaitFor($"damaged collections to be restored: {string.Join("; ", registry.Damaged)}");
        else ready.Open();
    }
}
