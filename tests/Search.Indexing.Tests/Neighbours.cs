using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Indexing.Tests;

/// <summary>
/// Plays the embedding, nearest-neighbour and re-ranking services: records every event and, as long as <see cref="Works"/>, answers as they would.
/// </summary>
internal sealed class Neighbours
{
    internal static readonly EmbeddingModelId Model = EmbeddingModelId.Create("test", "1", "0123456789abcdef");

    internal IEventBus? Bus { get; set; }

    /// <summary>False: events arrive but nobody answers.</summary>
    internal bool Works { get; set; } = true;

    internal EmbeddingModelId Active { get; set; } = Model;

    /// <summary>Content that can't be embedded.</summary>
    internal ConcurrentDictionary<string, string> Broken { get; } = [];

    internal ConcurrentQueue<object> Events { get; } = [];

    /// <summary>What a collection holds: image key → revision of its vector.</summary>
    internal ConcurrentDictionary<string, long> Collection { get; } = [];

    /// <summary>What a reader knows.</summary>
    internal ConcurrentDictionary<string, ItemChanged> Read { get; } = [];

    internal int Count<TEvent>() => Events.OfType<TEvent>().Count();

    internal void Register(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.AddEventHandler<ImageAccepted, Embedder>("test.embedding", 8);
        services.AddEventHandler<ImageEmbedded, Indexer>("test.ann.embedded", 8);
        services.AddEventHandler<ImagesRemoved, Remover>("test.ann.removed", 8);
        services.AddEventHandler<ItemChanged, Reader>("test.rerank.changed", 8);
        services.AddEventHandler<ItemRemoved, Reader>("test.rerank.removed", 8);
        services.AddEventHandler<ContentReleased, Reader>("test.embedding.released", 8);
        services.AddQueryHandler<GetActiveModel, ActiveModel, ModelAnswer>("test.model");
    }

    internal static ulong PerceptualHash(string contentHash) => Convert.ToUInt64(contentHash[..16], 16);

    private sealed class Embedder(Neighbours world) : IEventHandler<ImageAccepted>
    {
        public async Task HandleAsync(ImageAccepted message, CancellationToken cancellation)
        {
            world.Events.Enqueue(message);
            if (!world.Works)
                return;
            if (world.Broken.TryGetValue(message.ContentHash, out var reason))
            {
                await world.Bus!.PublishAsync(
                    new ImageEmbeddingFailed
                    {
                        ItemId = message.ItemId,
                        ImageNumber = message.ImageNumber,
                        Revision = message.Revision,
                        Type = "image-truncated",
                        Reason = reason,
                    },
                    cancellation);
                return;
            }
            await world.Bus!.PublishAsync(
                new ImageEmbedded
                {
                    ItemId = message.ItemId,
                    ImageNumber = message.ImageNumber,
                    Revision = message.Revision,
                    ContentHash = message.ContentHash,
                    PerceptualHash = PerceptualHash(message.ContentHash),
                    Model = world.Active,
                    Vector = [1],
                },
                cancellation);
        }
    }

    private sealed class Indexer(Neighbours world) : IEventHandler<ImageEmbedded>
    {
        public async Task HandleAsync(ImageEmbedded message, CancellationToken cancellation)
        {
            if (!world.Works)
                return;
            world.Collection.AddOrUpdate(
                ImageKey.Create(message.ItemId, message.ImageNumber), message.Revision, (_, old) => Math.Max(old, message.Revision));
            await world.Bus!.PublishAsync(
                new ImageIndexed { ItemId = message.ItemId, ImageNumber = message.ImageNumber, Revision = message.Revision, Model = message.Model },
                cancellation);
        }
    }

    private sealed class Remover(Neighbours world) : IEventHandler<ImagesRemoved>
    {
        public Task HandleAsync(ImagesRemoved message, CancellationToken cancellation)
        {
            world.Events.Enqueue(message);
            foreach (var number in message.ImageNumbers)
            {
                var key = ImageKey.Create(message.ItemId, number);
                if (world.Collection.TryGetValue(key, out var revision) && revision <= message.Revision)
                    world.Collection.TryRemove(new(key, revision));
            }
            return Task.CompletedTask;
        }
    }

    private sealed class Reader(Neighbours world) : IEventHandler<ItemChanged>, IEventHandler<ItemRemoved>, IEventHandler<ContentReleased>
    {
        public Task HandleAsync(ItemChanged message, CancellationToken cancellation)
        {
            world.Events.Enqueue(message);
            world.Read.AddOrUpdate(message.Item.Id, message, (_, old) => message.Item.Revision > old.Item.Revision ? message : old);
            return Task.CompletedTask;
        }

        public Task HandleAsync(ItemRemoved message, CancellationToken cancellation)
        {
            world.Events.Enqueue(message);
            if (world.Read.TryGetValue(message.ItemId, out var known) && known.Item.Revision <= message.Revision)
                world.Read.TryRemove(new(message.ItemId, known));
            return Task.CompletedTask;
        }

        public Task HandleAsync(ContentReleased message, CancellationToken cancellation)
        {
            world.Events.Enqueue(message);
            return Task.CompletedTask;
        }
    }

    private sealed class ModelAnswer(Neighbours world) : IQueryHandler<GetActiveModel, ActiveModel>
    {
        public Task<ActiveModel> HandleAsync(GetActiveModel request, CancellationToken cancellation) => Task.FromResult(
            new ActiveModel { Model = world.Active, Dimension = 1, Preprocessing = "none", ExecutionProvider = "cpu" });
    }
}
