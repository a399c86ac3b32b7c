using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Registry;

namespace Search.Embedding;

/// <summary>Looks at the registry now and then, so that a lost <see cref="ModelAliasesChanged"/> only delays, and releases models that have been without a name for long.</summary>
internal sealed partial class AliasFollower(
    ServedModels models, ModelRegistry registry, ReleasedVectors vectors, IEventBus events, IOptions<EmbeddingOptions> options, TimeProvider time, ILogger<AliasFollower> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host goes on starting meanwhile: production serves, and what the other aliases name may take its time.
        await Task.Yield();
        using var timer = new PeriodicTimer(options.Value.AliasInterval, time);
        do
        {
            try
            {
                await models.RefreshAsync(stoppingToken);
                if ((await registry.ReleaseUnnamedAsync(options.Value.KeepUnnamed, [.. models.Ids.Others, models.Ids.Active], stoppingToken)).Count > 0)
                    await events.PublishAsync(new ModelAliasesChanged(), stoppingToken);
                vectors.Look();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The model registry can't be followed; the models that serve go on and it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}

internal sealed class ModelAliasesChangedHandler(ServedModels models, ReleasedVectors vectors) : IEventHandler<ModelAliasesChanged>
{
    public async Task HandleAsync(ModelAliasesChanged message, CancellationToken cancellation)
    {
        await models.RefreshAsync(cancellation);
        vectors.Look();
    }
}
