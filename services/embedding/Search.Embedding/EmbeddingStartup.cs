using Search.Hosting.Health;

namespace Search.Embedding;

/// <summary>Loads and warms the model before the bus and the server start; a model that can't be served stops the start.</summary>
internal sealed class EmbeddingStartup(ServedModels models, [FromKeyedServices(EmbeddingServices.Name)] ReadinessGate ready) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ready.WaitFor("the model");
        await models.StartAsync(cancellationToken);
        ready.Open();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        ready.WaitFor("nothing: it is stopping");
        return Task.CompletedTask;
    }
}
