using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;
using Search.Imaging;

namespace Search.Embedding;

/// <summary>Embeds a query picture, sent inline or by claim check.</summary>
internal sealed class EmbedImageHandler(PictureEmbedder embedder, ServedModels models, QueriesFirst queries, IBlobStore blobs) : IQueryHandler<EmbedImage, ImageEmbedding>
{
    public async Task<ImageEmbedding> HandleAsync(EmbedImage request, CancellationToken cancellation)
    {
        var bytes = await BytesOfAsync(request, cancellation);
        var contentHash = ContentHash.Of(bytes);
        using var query = queries.Begin();
        using var production = models.UseProduction();
        var model = production.Model;
        try
        {
            var embedding = await embedder.EmbedAsync(model, contentHash, _ => Task.FromResult(bytes), WorkLane.Query, cancellation);
            return new ImageEmbedding
            {
                Model = model.Id,
                // A copy: in one process the caller gets this very array, and what is remembered here must stay as it is.
                Vector = [.. embedding.Content.Vector],
                ContentHash = contentHash,
                PerceptualHash = embedding.Content.PerceptualHash,
                DecodeMs = embedding.DecodeMs,
                EmbedMs = embedding.EmbedMs,
            };
        }
        catch (ImageRejectedException e)
        {
            throw new ServiceProblemException(RejectedPicture.ProblemOf(e));
        }
    }

    private async Task<byte[]> BytesOfAsync(EmbedImage request, CancellationToken cancellation)
    {
        if (request.Image is null == request.BlobKey is null)
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("No single picture", "A picture is embedded out of its bytes or out of the blob store: set exactly one of Image and BlobKey."));
        if (request.Image is { } image)
            return image;
        try
        {
            BlobKeys.Require(request.BlobKey!);
        }
        catch (ArgumentException e)
        {
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Not a blob key", e.Message));
        }
        return await blobs.TryGetAsync(request.BlobKey!, cancellation) ?? throw new ServiceProblemException(RejectedPicture.Missing(request.BlobKey!));
    }
}
