using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Releases;

/// <summary>Which models the registry has released, as the embedding service tells. Thread-safe.</summary>
internal sealed class ReleasedModels(IQueryBus bus, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Late events come in crowds.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    private volatile Known? _known;

    private sealed record Known(IReadOnlyList<PublishedModelState> Models, long At);

    /// <summary>Asks anew next time.</summary>
    public void Forget() => _known = null;

    /// <summary>Every published model.</summary>
    /// <exception cref="ServiceProblemException">503: the embedding service does not answer.</exception>
    public async Task<IReadOnlyList<PublishedModelState>> ListAsync(CancellationToken cancellation)
    {
        var list = await bus.AskAsync<GetModels, ModelList>(new GetModels(), Deadline, cancellation);
        _known = new Known(list.Models, time.GetTimestamp());
        return list.Models;
    }

    /// <summary>Whether a model is released. Where nobody answers it is taken not to be: what is made in vain is dropped at the next look.</summary>
    public async Task<bool> ContainsAsync(EmbeddingModelId model, CancellationToken cancellation)
    {
        try
        {
            var models = _known is { } known && time.GetElapsedTime(known.At) < Lifetime ? known.Models : await ListAsync(cancellation);
            return models.Any(published => published.Model == model && published.Released);
        }
        catch (ServiceProblemException)
        {
            return false;
        }
    }
}
