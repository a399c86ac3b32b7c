using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Storage;

namespace Search.Indexing.Reconciliation;

/// <summary>Forgets how far pictures were under a model whose collection is gone. Interrupted or told twice, it is done again.</summary>
internal sealed class CollectionDroppedHandler(CatalogueDatabase catalogue, ILogger<CollectionDroppedHandler> logger) : IEventHandler<CollectionDropped>
{
    public async Task HandleAsync(CollectionDropped message, CancellationToken cancellation)
    {
        var (count, forgotten) = (0, 0);
        do
        {
            forgotten = await catalogue.WriteAsync(session => session.ImageModels.ForgetModel(message.Model.Value, Resending.Batch), cancellation);
            count += forgotten;
        }
        while (forgotten == Resending.Batch);
        if (count > 0)
            Log.ModelForgotten(logger, message.Model, count);
    }
}
