using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.Embedding;

/// <summary>
/// Embeds a catalogue picture under the models that do not answer queries. Its queue is its own, so that production's pictures never wait for it, and it gives way to queries.
/// </summary>
internal sealed class OtherModelsHandler(CataloguePictures pictures, ServedModels models, QueriesFirst queries, TimeProvider time) : IEventHandler<ImageAccepted>
{
    /// <summary>Under steady load a picture a second still goes through.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task HandleAsync(ImageAccepted message, CancellationToken cancellation)
    {
        foreach (var id in models.Ids.Others)
        {
            if (message.OnlyModel is { } only && only != id)
                continue;
            await queries.WaitAsync(Patience, time, cancellation);
            if (models.TryUseOther(id) is not { } use)
                continue;
            using (use)
                await pictures.EmbedAsync(use.Model, message, cancellation);
        }
    }
}
