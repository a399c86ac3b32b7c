using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Catalogue;
using Search.Indexing.Outbox;
using Search.Indexing.Progress;
using Search.Indexing.Queries;
using Search.Indexing.Reconciliation;
using Search.Indexing.Storage;
using Search.Indexing.Telemetry;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Reconciliation;

/// <summary>
/// The catalogue's real rules and tables in a world where every message lies in a bag until it is delivered, in any order, perhaps twice, or lost with
/// the process. One thread, one clock: a history can be repeated exactly.
/// </summary>
internal sealed class SimulatedWorld : IAsyncDisposable, IEventBus, IQueryBus
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Clock _clock = new();
    private readonly List<Func<Task>> _bag = [];
    private readonly CatalogueDatabase _catalogue;
    private readonly OutboxRound _round;
    private readonly FillingRound _filling;
    private readonly ModelFollower _follower;
    private readonly Dictionary<string, long> _removed = [];

    internal SimulatedWorld()
    {
        _catalogue = new CatalogueDatabase(_folder["catalogue.db"], _clock, new OutboxSignal(), new ReleaseSignal());
        var options = Options.Create(new IndexingOptions { MaxPicturesInFlight = 5 });
        var metrics = new IndexingMetrics(_services.GetRequiredService<IMeterFactory>(), _catalogue);
        var publisher = new OutboxPublisher(this);
        _round = new OutboxRound(_catalogue, publisher, metrics, options, _clock);
        _filling = new FillingRound(_catalogue, publisher, new FillingRates(_clock), metrics, options, _clock, NullLogger<FillingRound>.Instance);
        _follower = new ModelFollower(_catalogue, this, metrics, NullLogger<ModelFollower>.Instance);
    }

    /// <summary>What the embedding service serves, the one that answers searches first.</summary>
    internal EmbeddingModelId[] Served { get; private set; } = [Neighbours.Model];

    /// <summary>Content that can't be embedded.</summary>
    internal HashSet<string> Bad { get; } = [];

    /// <summary>For each model: image key → revision of its vector.</summary>
    internal Dictionary<EmbeddingModelId, Dictionary<string, long>> Collections { get; } = [];

    internal Dictionary<string, ItemDocument> Known { get; } = [];

    internal T Read<T>(Func<CatalogueSession, T> read) => _catalogue.Read(read);

    internal Task PutAsync(string id, int version, IReadOnlyList<string>? contents) => _catalogue.WriteAsync(
        session => ItemIntake.Put(
            session, id, new ItemMetadata { Title = $"version {version}", Category = "c", Attributes = "{}" },
            contents?.Select(hash => new Picture(hash, "image/jpeg")).ToList()),
        CancellationToken.None);

    internal Task DeleteAsync(string id) => _catalogue.WriteAsync(session => ItemRemoval.Delete(session, id), CancellationToken.None);

    /// <summary>Others are served from now on.</summary>
    /// <param name="heard">Whether the catalogue hears of it now, or later.</param>
    internal Task ServeAsync(EmbeddingModelId[] models, bool heard)
    {
        Served = models;
        return heard ? _follower.FollowAsync(CancellationToken.None) : Task.CompletedTask;
    }

    /// <summary>Some time passes, and what is due leaves.</summary>
    internal async Task PublishAsync()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(300));
        await _round.RunAsync(CancellationToken.None);
        await _filling.RunAsync(CancellationToken.None);
    }

    /// <summary>Delivers one message of the bag.</summary>
    /// <param name="keep">It will be delivered again.</param>
    internal async Task DeliverAsync(int which, bool keep)
    {
        if (_bag.Count == 0)
            return;
        var at = which % _bag.Count;
        var message = _bag[at];
        if (!keep)
            _bag.RemoveAt(at);
        await message();
    }

    /// <summary>The process dies with everything that is only in memory, and starts again.</summary>
    internal async Task CrashAsync()
    {
        _bag.Clear();
        Known.Clear();
        _removed.Clear();
        await _catalogue.WriteAsync(session => session.Outbox.Republish(long.MaxValue), CancellationToken.None);
        await _catalogue.WriteAsync(session => session.ImageModels.ForgetSent(), CancellationToken.None);
        await _catalogue.WriteAsync(session => Resending.Overdue(session, long.MaxValue), CancellationToken.None);
        var changes = await new ItemChangesHandler(_catalogue).HandleAsync(new ListItemChanges { AfterRevision = 0, Limit = 1000 }, CancellationToken.None);
        foreach (var item in changes.Changed)
            Learn(item);
        foreach (var item in changes.Removed)
            Forget(item);
    }

    /// <summary>Time passes and messages come until nothing happens any more.</summary>
    internal async Task SettleAsync()
    {
        int again;
        do
        {
            await _follower.FollowAsync(CancellationToken.None);
            // Longer than anything is waited for.
            _clock.Advance(TimeSpan.FromHours(1));
            again = await _catalogue.WriteAsync(session => Resending.Overdue(session, session.Now - 1), CancellationToken.None);
            // To the end of the walk that is under way, and then from the beginning.
            again += await _filling.RunAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromHours(1));
            again += await _filling.RunAsync(CancellationToken.None);
            while (await _round.RunAsync(CancellationToken.None) > 0)
            {
            }
            while (_bag.Count > 0)
                await DeliverAsync(0, keep: false);
        }
        while (again > 0 || _catalogue.Read(session => session.Outbox.CountWaiting() + session.Images.CountUnpublished()) > 0);
    }

    public Task<TResponse> AskAsync<TRequest, TResponse>(TRequest request, TimeSpan deadline, CancellationToken cancellation)
        where TRequest : class
        where TResponse : class => Task.FromResult((TResponse)(object)new ModelsServed { Active = Served[0], Others = Served[1..] });

    public Task PublishAsync<TEvent>(TEvent message, CancellationToken cancellation) where TEvent : class
    {
        switch (message)
        {
            case ImageAccepted e:
                // Production's pictures and those of the other models are on queues of their own.
                Deliver(() => Embed(e, Served[0]));
                Deliver(() => Served[1..].ToList().ForEach(model => Embed(e, model)));
                break;
            case ImagesRemoved e:
                Deliver(() => Remove(e));
                break;
            case ItemChanged e:
                Deliver(() => Learn(e.Item));
                break;
            case ItemRemoved e:
                Deliver(() => Forget(e));
                break;
        }
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _follower.Dispose();
        await _catalogue.DisposeAsync();
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private void Embed(ImageAccepted accepted, EmbeddingModelId model)
    {
        if (accepted.OnlyModel is { } only && only != model)
            return;
        if (Bad.Contains(accepted.ContentHash))
        {
            var failed = Neighbours.Failed(accepted, model: model);
            Report(session => PictureProgress.Failed(session, failed));
            return;
        }
        var embedded = Neighbours.Embedded(accepted, model);
        Report(session => PictureProgress.Embedded(session, embedded));
        Deliver(() => Index(accepted, model));
    }

    private void Index(ImageAccepted accepted, EmbeddingModelId model)
    {
        var key = ImageKey.Create(accepted.ItemId, accepted.ImageNumber);
        if (!Collections.TryGetValue(model, out var collection))
            Collections.Add(model, collection = []);
        collection[key] = Math.Max(accepted.Revision, collection.GetValueOrDefault(key));
        var indexed = Neighbours.Indexed(accepted, model);
        Report(session => PictureProgress.Indexed(session, indexed));
    }

    private void Remove(ImagesRemoved removed)
    {
        foreach (var key in removed.ImageNumbers.Select(n => ImageKey.Create(removed.ItemId, n)))
        {
            foreach (var collection in Collections.Values)
            {
                if (collection.TryGetValue(key, out var revision) && revision <= removed.Revision)
                    collection.Remove(key);
            }
        }
    }

    private void Learn(ItemDocument item)
    {
        if (item.Revision > _removed.GetValueOrDefault(item.Id) && (!Known.TryGetValue(item.Id, out var known) || item.Revision >= known.Revision))
            Known[item.Id] = item;
    }

    private void Forget(ItemRemoved removed)
    {
        _removed[removed.ItemId] = Math.Max(removed.Revision, _removed.GetValueOrDefault(removed.ItemId));
        if (Known.TryGetValue(removed.ItemId, out var known) && known.Revision <= removed.Revision)
            Known.Remove(removed.ItemId);
    }

    private void Deliver(Action handle) => _bag.Add(() =>
    {
        handle();
        return Task.CompletedTask;
    });

    private void Report(Action<CatalogueSession> handle) => _bag.Add(() => _catalogue.WriteAsync(handle, CancellationToken.None));

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

        internal void Advance(TimeSpan time) => _now += time;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
