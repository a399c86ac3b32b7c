using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Gateway.Searching;

/// <summary>
/// The model that searches by item or by vector are made in. Callers that find it out of date at the same moment each ask; that is cheaper than
/// making them wait for one another. A model that is remembered too long does no harm while its collection stays, which is until it is released; and a search is made in one model from beginning to end.
/// </summary>
internal sealed class ActiveModelCache(IQueryBus bus, TimeProvider time, IOptions<GatewayOptions> options)
{
    private sealed record Entry(ActiveModel? Model, long Taken);

    private Entry? _entry;

    internal async Task<ActiveModel> GetAsync(Deadline deadline, CancellationToken cancellation)
    {
        var entry = Volatile.Read(ref _entry);
        if (entry?.Model is { } known && time.GetElapsedTime(entry.Taken) < options.Value.ActiveModelLifetime)
            return known;
        var asked = time.GetTimestamp();
        var model = await bus.AskAsync<GetActiveModel, ActiveModel>(new GetActiveModel(), deadline.Remaining, cancellation);
        // Not if it was forgotten meanwhile: this answer may be from before the switch.
        Interlocked.CompareExchange(ref _entry, new Entry(model, asked), entry);
        return model;
    }

    /// <summary>Another model may be active now.</summary>
    internal void Forget() => Volatile.Write(ref _entry, new Entry(null, 0));
}

internal sealed class ServedModelsChangedHandler(ActiveModelCache models) : IEventHandler<ServedModelsChanged>
{
    public Task HandleAsync(ServedModelsChanged message, CancellationToken cancellation)
    {
        models.Forget();
        return Task.CompletedTask;
    }
}
