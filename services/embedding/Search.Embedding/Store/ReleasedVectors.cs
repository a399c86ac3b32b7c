using System.Threading.Channels;
using Search.Contracts;
using Search.Registry;

namespace Search.Embedding;

/// <summary>Forgets the vectors of released models: once their last user is done, and at every start whatever a process before left.</summary>
internal sealed partial class ReleasedVectors(ModelRegistry registry, ServedModels models, EmbeddingStore store, ILogger<ReleasedVectors> logger) : BackgroundService
{
    // One signal is as good as many.
    private readonly Channel<bool> _looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<EmbeddingModelId> _forgotten = [];

    /// <summary>Sees soon whether more models are released than it has dealt with.</summary>
    public void Look() => _looks.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _looks.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await ForgetAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e);
            }
        }
    }

    private async Task ForgetAsync(CancellationToken cancellation)
    {
        var index = await registry.ReadAsync(cancellation);
        // One that was named again has vectors again.
        _forgotten.RemoveWhere(id => !index.IsReleased(id));
        // A process that could not change to the new model in time still answers by the old one; it looks again when it has.
        var served = models.Ids;
        var due = index.Released.Select(released => released.Model).Where(id => !_forgotten.Contains(id) && id != served.Active && !served.Others.Contains(id)).ToList();
        if (due.Count == 0)
            return;
        foreach (var id in due)
            await models.WhenGoneAsync(id, cancellation);
        var count = await store.ForgetModelsAsync(due, cancellation);
        _forgotten.UnionWith(due);
        if (count > 0)
            LogForgotten(logger, count, string.Join(", ", due));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} vectors of released models are forgotten: {Models}")]
    private static partial void LogForgotten(ILogger logger, long count, string models);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Vectors of released models can't be forgotten now; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
