using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;

namespace Search.Gateway.Searching;

/// <summary>Brings a query's picture to the embedding service: inside the message, or by claim check when it is large and the service elsewhere.</summary>
internal sealed class QueryImages(
    IQueryBus bus, IBlobStore blobs, IOptions<MessagingOptions> messaging, IOptions<GatewayOptions> options, ILogger<QueryImages> logger)
{
    internal async Task<ImageEmbedding> EmbedAsync(byte[] image, Deadline deadline, CancellationToken cancellation)
    {
        var inline = messaging.Value.Transport == MessagingTransport.InMemory || image.Length <= options.Value.ClaimCheckBytes;
        return inline
            ? await AskAsync(new EmbedImage { Image = image }, deadline, cancellation)
            : await EmbedByClaimCheckAsync(image, deadline, cancellation);
    }

    private async Task<ImageEmbedding> EmbedByClaimCheckAsync(byte[] image, Deadline deadline, CancellationToken cancellation)
    {
        var key = BlobKeys.Query(Guid.NewGuid());
        try
        {
            await deadline.KeepAsync(limited => blobs.PutAsync(key, image, limited), cancellation);
            return await AskAsync(new EmbedImage { BlobKey = key }, deadline, cancellation);
        }
        finally
        {
            _ = ForgetAsync(key);
        }
    }

    private Task<ImageEmbedding> AskAsync(EmbedImage request, Deadline deadline, CancellationToken cancellation) =>
        bus.AskAsync<EmbedImage, ImageEmbedding>(request, deadline.Remaining, cancellation);

    /// <summary>Also after the caller has gone, and nobody waits for it. A picture that can't be deleted is a nuisance, not a reason to lose the answer; the store forgets it in time.</summary>
    private async Task ForgetAsync(string key)
    {
        try
        {
            await blobs.DeleteAsync(key, CancellationToken.None);
        }
        catch (Exception e)
        {
            SearchLog.QueryPictureLeft(logger, key, e);
        }
    }
}
