using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Gateway.Searching;

/// <summary>
/// The model that searches by item or by vector are made in. Callers that find it out of date at the same moment each ask; that is cheaper than
/// making them wait for one another.
/// </summary>
internal sealed class ActiveModelCache(IQueryBus bus, TimeProvider time, IOptions<GatewayOptions> options)
{
    private sealed record Entry(ActiveModel Model, long Taken);

    private Entry? _entry;

    internal async Task<ActiveModel> GetAsync(Deadline deadline, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _entry) is { } known && time.GetElapsedTime(known.Taken) < options.Value.ActiveModelLifetime)
            return known.Model;
        var asked = time.GetTimestamp();
        var model = await bus.AskAsync<GetActiveModel, ActiveModel>(new GetActiveModel(), deadline.Remaining, cancellation);
        Volatile.Write(ref _entry, new Entry(model, asked));
        return model;
    }
}
