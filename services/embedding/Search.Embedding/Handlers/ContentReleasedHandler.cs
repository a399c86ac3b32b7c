using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Embedding;

/// <summary>Forgets vectors of content that no item shows any more.</summary>
internal sealed class ContentReleasedHandler(PictureEmbedder embedder) : IEventHandler<ContentReleased>
{
    public Task HandleAsync(ContentReleased message, CancellationToken cancellation) => embedder.ForgetAsync(message.ContentHash, cancellation);
}
