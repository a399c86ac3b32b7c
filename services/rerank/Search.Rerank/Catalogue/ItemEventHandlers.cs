using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Rerank.Catalogue;

internal sealed class ItemChangedHandler(ItemCatalogue catalogue) : IEventHandler<ItemChanged>
{
    public Task HandleAsync(ItemChanged message, CancellationToken cancellation)
    {
        catalogue.Apply(message.Item);
        return Task.CompletedTask;
    }
}

internal sealed class ItemRemovedHandler(ItemCatalogue catalogue) : IEventHandler<ItemRemoved>
{
    public Task HandleAsync(ItemRemoved message, CancellationToken cancellation)
    {
        catalogue.Apply(message);
        return Task.CompletedTask;
    }
}
