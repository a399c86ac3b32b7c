using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Blobs;
using Search.Hosting.Messaging;
using Search.Imaging;

namespace Search.Embedding;

/// <summary>Embeds a catalogue picture under one model. What can never succeed is told to the catalogue; everything else is thrown, to be tried again.</summary>
internal sealed class CataloguePictures(PictureEmbedder embedder, IBlobStore blobs, IEventBus events)
{
    public async Task EmbedAsync(EmbeddingModel model, ImageAccepted message, CancellationToken cancellation)
    {
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
            await FailAsync(model, message, RejectedPicture.ProblemOf(e), cancellation);
        }
        catch (ServiceProblemException e) when (e.Problem.Status < 500)
        {
            await FailAsync(model, message, e.Problem, cancellation);
        }
    }

    private async Task<byte[]> LoadAsync(ImageAccepted message, CancellationToken cancellation)
    {
        var bytes = await blobs.TryGetAsync(message.BlobKey, cancellation) ?? throw new ServiceProblemException(RejectedPicture.Missing(message.BlobKey));
        // Otherwise a damaged file would be remembered under the good one's name.
        return ContentHash.Of(bytes) == message.ContentHash ? bytes : throw new ServiceProblemException(RejectedPicture.Damaged(message.BlobKey));
    }

    private Task FailAsync(EmbeddingModel model, ImageAccepted message, ServiceProblem problem, CancellationToken cancellation) => events.PublishAsync(
        new ImageEmbeddingFailed
        {
            ItemId = message.ItemId,
            ImageNumber = message.ImageNumber,
            Revision = message.Revision,
            Model = model.Id,
            Type = problem.Type,
            Reason = problem.Detail,
        },
        cancellation);
}
