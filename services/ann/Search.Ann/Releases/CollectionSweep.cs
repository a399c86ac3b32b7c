using Microsoft.Extensions.Options;
using Search.Ann.Collections;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Releases;

/// <summary>
/// Drops the collections of released models, and after a time of grace those of models that the registry does not know, and says so. What a process before dropped without coming to say so is said by the
/// first look of this one. One caller at a time.
/// </summary>
internal sealed class CollectionSweep(
    CollectionRegistry registry, ReleasedModels released, IEventBus events, IOptions<AnnOptions> options, TimeProvider time, ILogger<CollectionSweep> logger)
{
    private readonly Dictionary<EmbeddingModelId, long> _unknownSince = [];
    private readonly HashSet<EmbeddingModelId> _told = [];

    /// <exception cref="ServiceProblemException">503: the embedding service does not answer.</exception>
    /// <exception cref="IOException">Files can't be removed.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await registry.WhenLoaded(cancellation);
        // Before the registry is asked: a collection that comes later is not its answer's business.
        var here = registry.Models;
        // One that is still served somewhere waits for the next look.
        var models = (await released.ListAsync(cancellation)).ToDictionary(model => model.Model, model => model.Released && !model.Served);
        _told.RemoveWhere(model => !models.GetValueOrDefault(model));
        foreach (var model in models.Where(model => model.Value).Select(model => model.Key))
        {
            if (here.Contains(model) || !_told.Contains(model)) await DropAsync(model, "it is released", cancellation);
        }
        foreach (var model in here.Where(model => !models.ContainsKey(model)))
            await ConsiderUnknownAsync(model, cancellation);
        foreach (var model in _unknownSince.Keys.Where(model => models.ContainsKey(model) || !here.Contains(model)).ToList())
            _unknownSince.Remove(model);
    }

    private async Task ConsiderUnknownAsync(EmbeddingModelId model, CancellationToken cancellation)
    {
        var grace = options.Value.KeepUnknown;
        if (_unknownSince.TryAdd(model, time.GetTimestamp())) AnnLog.CollectionOfUnknown(logger, model, grace);
        if (time.GetElapsedTime(_unknownSince[model]) >= grace) await DropAsync(model, "the model registry does not know it", cancellation);
    }

    private async Task DropAsync(EmbeddingModelId model, string reason, CancellationToken cancellation)
    {
        if (await registry.DropAsync(model, cancellation)) AnnLog.CollectionDropped(logger, model, reason);
        // After the fact: whoever keeps account of the collection's pictures must not hear of it before.
        await events.PublishAsync(new CollectionDropped { Model = model }, cancellation);
        _told.Add(model);
    }
}
