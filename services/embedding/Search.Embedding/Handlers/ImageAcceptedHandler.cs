using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Embedding;

/// <summary>Embeds a catalogue picture under the model that answers queries.</summary>
internal sealed class ImageAcceptedHandler(CataloguePictures pictures, ServedModels models) : IEventHandler<ImageAccepted>
{
    public async Task HandleAsync(ImageAccepted message, CancellationToken cancellation)
    {
        using var production = models.UseProduction();
        if (message.OnlyModel is null || message.OnlyModel == production.Model.Id)
            await pictures.EmbedAsync(production.Model, message, cancellation);
    }
}
