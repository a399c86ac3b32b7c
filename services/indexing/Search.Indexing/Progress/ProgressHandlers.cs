using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Storage;

namespace Search.Indexing.Progress;

internal sealed class ImageEmbeddedHandler(CatalogueDatabase catalogue) : IEventHandler<ImageEmbedded>
{
    public Task HandleAsync(ImageEmbedded message, CancellationToken cancellation) =>
        catalogue.WriteAsync(session => PictureProgress.Embedded(session, message), cancellation);
}

internal sealed class ImageIndexedHandler(CatalogueDatabase catalogue) : IEventHandler<ImageIndexed>
{
    public Task HandleAsync(ImageIndexed message, CancellationToken cancellation) =>
        catalogue.WriteAsync(session => PictureProgress.Indexed(session, message), cancellation);
}

internal sealed class ImageEmbeddingFailedHandler(CatalogueDatabase catalogue) : IEventHandler<ImageEmbeddingFailed>
{
    public Task HandleAsync(ImageEmbeddingFailed message, CancellationToken cancellation) =>
        catalogue.WriteAsync(session => PictureProgress.Failed(session, message), cancellation);
}
