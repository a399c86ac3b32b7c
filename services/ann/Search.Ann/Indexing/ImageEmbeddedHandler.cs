using Search.Ann.Collections;
using Search.Ann.Releases;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Ann.Indexing;

/// <summary>Stores a picture's vector in its model's collection, and says so once it is durable. A vector that comes late, of a released model, makes no new collection.</summary>
internal sealed class ImageEmbeddedHandler(CollectionRegistry registry, ReleasedModels released, UpsertQueue queue, IEventBus events, ILogger<ImageEmbeddedHandler> logger)
    : IEventHandler<ImageEmbedded>
{
    public async Task HandleAsync(ImageEmbedded message, CancellationToken cancellation)
    {
        if (await registry.FindAsync(message.Model, cancellation) is null && await released.ContainsAsync(message.Model, cancellation))
        {
            AnnLog.ReleasedIgnored(logger, message.Model, message.ItemId);
            return;
        }
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
