using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;
using Search.Imaging;

namespace Search.Embedding;

/// <summary>Embeds a catalogue picture. What can never succeed is told to the catalogue; everything else is thrown, to be tried again.</summary>
internal sealed class ImageAcceptedHandler(PictureEmbedder embedder, ServedModels models, IBlobStore blobs, IEventBus events) : IEventHandler<ImageAccepted>
{
    public async Task HandleAsync(ImageAccepted message, CancellationToken cancellation)
    {
        var model = models.Production;
        try
        {
            var embedding = await embedder.EmbedAsync(model, message.ContentHash, c => LoadAsync(message, c), WorkLane.Catalogue, cancellation);
            await events.PublishAsync(
                new ImageEmbedded
                {
                    ItemId = message.ItemId,
                    ImageNumber = message.ImageNumber,
                    Revision = message.Revision,
                    ContentHash = message.ContentHash,
                    PerceptualHash = embedding.Content.PerceptualHash,
                    Model = model.Id,
                    Vector = embedding.Content.Vector,
                },
                cancellation);
        }
        catch (ImageRejectedException e)
        {
            await FailAsync(message, RejectedPicture.ProblemOf(e), cancellation);
        }
        catch (ServiceProblemException e) when (e.Problem.Status < 500)
        {
            await FailAsync(message, e.Problem, cancellation);
        }
    }

    private async Task<byte[]> LoadAsync(ImageAccepted message, CancellationToken cancellation)
    {
        var bytes = await blobs.TryGetAsync(message.BlobKey, cancellation) ?? throw new ServiceProblemException(RejectedPicture.Missing(message.BlobKey));
        // Otherwise a damaged file would be remembered under the good one's name.
        return ContentHash.Of(bytes) == message.ContentHash ? bytes : throw new ServiceProblemException(RejectedPicture.Damaged(message.BlobKey));
    }

    private Task FailAsync(ImageAccepted message, ServiceProblem problem, CancellationToken cancellation) => events.PublishAsync(
        new ImageEmbeddingFailed
        {
            ItemId = message.ItemId,
            ImageNumber = message.ImageNumber,
            Revision = message.Revision,
            Type = problem.Type,
            Reason = problem.Detail,
        },
        cancellation);
}
