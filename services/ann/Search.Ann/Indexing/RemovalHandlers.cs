using Search.Ann.Collections;
using Search.Ann.Telemetry;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Indexing;

/// <summary>A picture is gone from the collections of all models, not only of the one that serves now.</summary>
internal sealed class ImagesRemovedHandler(CollectionRegistry registry, AnnMetrics metrics) : IEventHandler<ImagesRemoved>
{
    public async Task HandleAsync(ImagesRemoved message, CancellationToken cancellation)
    {
        await registry.WhenLoaded(cancellation);
        VectorRemoval[] removals = [.. message.ImageNumbers.Select(number => new VectorRemoval(ImageKey.Create(message.ItemId, number), message.Revision))];
        foreach (var collection in registry.Open)
            metrics.Removed(await collection.RemoveAsync(removals, cancellation));
    }
}

internal sealed class ItemRemovedHandler(CollectionRegistry registry, AnnMetrics metrics) : IEventHandler<ItemRemoved>
{
    public async Task HandleAsync(ItemRemoved message, CancellationToken cancellation)
    {
        await registry.WhenLoaded(cancellation);
        foreach (var collection in registry.Open)
            metrics.Removed(await collection.RemoveItemAsync(message.ItemId, message.Revision, cancellation));
    }
}
