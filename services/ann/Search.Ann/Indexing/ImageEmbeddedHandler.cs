using Search.Ann.Collections;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Indexing;

/// <summary>Stores a picture's vector in its model's collection, and says so once it is durable.</summary>
internal sealed class ImageEmbeddedHandler(CollectionRegistry registry, UpsertQueue queue, IEventBus events, ILogger<ImageEmbeddedHandler> logger)
    : IEventHandler<ImageEmbedded>
{
    public async Task HandleAsync(ImageEmbedded message, CancellationToken cancellation)
    {
        var collection = await registry.FindOrCreateAsync(message.Model, message.Vector, cancellation);
        var key = ImageKey.Create(message.ItemId, message.ImageNumber);
        var outcome = await queue.StoreAsync(collection, new VectorEntry(key, message.Revision, message.Vector), cancellation);
        if (outcome == UpsertOutcome.Stale)
        {
            AnnLog.StaleIgnored(logger, key, message.Revision);
            return;
        }
        await events.PublishAsync(
            new ImageIndexed { ItemId = message.ItemId, ImageNumber = message.ImageNumber, Revision = message.Revision, Model = message.Model }, cancellation);
    }
}
