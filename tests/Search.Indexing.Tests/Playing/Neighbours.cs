using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Indexing.Tests.Playing;

/// <summary>
/// Plays the embedding, nearest-neighbour and re-ranking services: records every event and, as long as it <see cref="Works"/>, answers as they would.
/// </summary>
internal sealed class Neighbours
{
    internal static readonly EmbeddingModelId Model = EmbeddingModelId.Create("test", "1", "0123456789abcdef");

    /// <summary>Another, for tests in which two models serve, or one takes over from the other.</summary>
    internal static readonly EmbeddingModelId OtherModel = EmbeddingModelId.Create("test", "2", "fedcba9876543210");

    internal IEventBus? Bus { get; set; }

    /// <summary>False: events arrive but nobody answers.</summary>
    internal bool Works { get; set; } = true;

    internal EmbeddingModelId Active { get; set; } = Model;

    /// <summary>Models that are served beside the active one.</summary>
    internal EmbeddingModelId[] Others { get; set; } = [];

    /// <summary>Content that can't be embedded under one of them.</summary>
    internal ConcurrentDictionary<(string ContentHash, EmbeddingModelId Model), bool> BrokenUnder { get; } = [];

    /// <summary>Content that can't be embedded, and the type of its failure.</summary>
    internal ConcurrentDictionary<string, string> Broken { get; } = [];

    internal ConcurrentQueue<object> Events { get; } = [];

    /// <summary>The trace in which each item's events came.</summary>
    internal ConcurrentQueue<(string ItemId, ActivityTraceId Trace)> Traces { get; } = [];

    /// <summary>What a collection holds: image key → revision of its vector.</summary>
    internal ConcurrentDictionary<string, long> Collection { get; } = [];

    /// <summary>What a reader of events knows.</summary>
    internal ConcurrentDictionary<string, ItemDocument> Known { get; } = [];

    internal int Count<TEvent>() => Events.OfType<TEvent>().Count();

    /// <summary>Sends an event by hand.</summary>
    internal Task SendAsync<TEvent>(TEvent message) where TEvent : class => Bus!.PublishAsync(message, TestContext.Current.CancellationToken);

    internal IEnumerable<TEvent> Of<TEvent>() => Events.OfType<TEvent>();

    internal void Register(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddEventHandler<ImageAccepted, Embedder>("test.embedding", 8);
        services.AddEventHandler<ImageEmbedded, Indexer>("test.ann.embedded", 8);
        services.AddEventHandler<ImagesRemoved, Remover>("test.ann.removed", 8);
        services.AddEventHandler<ItemChanged, Reader>("test.rerank.changed", 8);
        services.AddEventHandler<ItemRemoved, Reader>("test.rerank.removed", 8);
        services.AddEventHandler<ContentReleased, Reader>("test.embedding.released", 8);
        services.AddQueryHandler<GetServedModels, ModelsServed, ModelAnswer>("test.model");
    }

    internal static ulong PerceptualHash(string contentHash) => Convert.ToUInt64(contentHash[..16], 16);

    internal static ImageEmbedded Embedded(ImageAccepted accepted, EmbeddingModelId? model = null) => new()
    {
        ItemId = accepted.ItemId,
        ImageNumber = accepted.ImageNumber,
        Revision = accepted.Revision,
        ContentHash = accepted.ContentHash,
        PerceptualHash = PerceptualHash(accepted.ContentHash),
        Model = model ?? Model,
        Vector = [1],
    };

    internal static ImageIndexed Indexed(ImageAccepted accepted, EmbeddingModelId? model = null) =>
        new() { ItemId = accepted.ItemId, ImageNumber = accepted.ImageNumber, Revision = accepted.Revision, Model = model ?? Model };

    internal static ImageEmbeddingFailed Failed(ImageAccepted accepted, string type = "image-truncated", EmbeddingModelId? model = null) => new()
    {
        ItemId = accepted.ItemId, ImageNumber = accepted.ImageNumber, Revision = accepted.Revision, Type = type, Reason = "The file ends early.", Model = model,
    };

    /// <summary>Serves these from now on, and says so.</summary>
    internal Task ServeAsync(EmbeddingModelId active, params EmbeddingModelId[] others)
    {
        (Active, Others) = (active, others);
        return SendAsync(new ServedModelsChanged { Active = active, Others = others });
    }

    private void Record(string itemId, object message)
    {
        Events.Enqueue(message);
        if (Activity.Current is { } activity)
            Traces.Enqueue((itemId, activity.TraceId));
    }

    private sealed class Embedder(Neighbours world) : IEventHandler<ImageAccepted>
    {
        public async Task HandleAsync(ImageAccepted message, CancellationToken cancellation)
        {
            world.Record(message.ItemId, message);
            if (!world.Works)
                return;
            foreach (var model in world.Others.Prepend(world.Active).Where(model => message.OnlyModel is null || message.OnlyModel == model))
            {
                if (world.Broken.TryGetValue(message.ContentHash, out var type))
                    await world.Bus!.PublishAsync(Failed(message, type, model), cancellation);
                else if (world.BrokenUnder.ContainsKey((message.ContentHash, model)))
                    await world.Bus!.PublishAsync(Failed(message, model: model), cancellation);
                else
                    await world.Bus!.PublishAsync(Embedded(message, model), cancellation);
            }
        }
    }

    private sealed class Indexer(Neighbours world) : IEventHandler<ImageEmbedded>
    {
        public async Task HandleAsync(ImageEmbedded message, CancellationToken cancellation)
        {
            world.Collection.AddOrUpdate(
                ImageKey.Create(message.ItemId, message.ImageNumber), message.Revision, (_, old) => Math.Max(old, message.Revision));
            world.Record(message.ItemId, message);
            if (!world.Works)
                return;
            await world.Bus!.PublishAsync(
                new ImageIndexed { ItemId = message.ItemId, ImageNumber = message.ImageNumber, Revision = message.Revision, Model = message.Model },
                cancellation);
        }
    }

    private sealed class Remover(Neighbours world) : IEventHandler<ImagesRemoved>
    {
        public Task HandleAsync(ImagesRemoved message, CancellationToken cancellation)
        {
            world.Record(message.ItemId, message);
            foreach (var number in message.ImageNumbers)
            {
                var key = ImageKey.Create(message.ItemId, number);
                while (world.Collection.TryGetValue(key, out var revision) && revision <= message.Revision)
                    world.Collection.TryRemove(new(key, revision));
            }
            return Task.CompletedTask;
        }
    }

    /// <summary>Keeps the larger revision; remembers the dead, so that an old document doesn't revive them.</summary>
    private sealed class Reader(Neighbours world) : IEventHandler<ItemChanged>, IEventHandler<ItemRemoved>, IEventHandler<ContentReleased>
    {
        private static readonly Lock Gate = new();

        public Task HandleAsync(ItemChanged message, CancellationToken cancellation)
        {
            world.Record(message.Item.Id, message);
            lock (Gate)
            {
                var item = message.Item;
                if (item.Revision > world._removed.GetValueOrDefault(item.Id)
                    && (!world.Known.TryGetValue(item.Id, out var known) || item.Revision >= known.Revision))
                    world.Known[item.Id] = item;
            }
            return Task.CompletedTask;
        }

        public Task HandleAsync(ItemRemoved message, CancellationToken cancellation)
        {
            world.Record(message.ItemId, message);
            lock (Gate)
            {
                world._removed[message.ItemId] = Math.Max(message.Revision, world._removed.GetValueOrDefault(message.ItemId));
                if (world.Known.TryGetValue(message.ItemId, out var known) && known.Revision <= message.Revision)
                    world.Known.TryRemove(message.ItemId, out _);
            }
            return Task.CompletedTask;
        }

        public Task HandleAsync(ContentReleased message, CancellationToken cancellation)
        {
            world.Events.Enqueue(message);
            return Task.CompletedTask;
        }
    }

    private readonly Dictionary<string, long> _removed = [];

    private sealed class ModelAnswer(Neighbours world) : IQueryHandler<GetServedModels, ModelsServed>
    {
        public Task<ModelsServed> HandleAsync(GetServedModels request, CancellationToken cancellation) => Task.FromResult(
            new ModelsServed { Active = world.Active, Others = world.Others });
    }
}
