using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;
using Search.Indexing.Telemetry;

namespace Search.Indexing.Reconciliation;

/// <summary>
/// Learns which models are served. When another becomes the active one, a picture that its collection holds stays or becomes findable as it is; one that it lacks is sent again at once, since
/// searches miss it. Safe for concurrent use.
/// </summary>
internal sealed class ModelFollower(CatalogueDatabase catalogue, IQueryBus queries, IndexingMetrics metrics, ILogger<ModelFollower> logger) : IDisposable
{
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _following = new(1, 1);

    /// <summary>Whether the embedding service has answered since this process started.</summary>
    internal bool Answered { get; private set; }

    internal async Task FollowAsync(CancellationToken cancellation)
    {
        await _following.WaitAsync(cancellation);
        try
        {
            ModelsServed served;
            try
            {
                served = await queries.AskAsync<GetServedModels, ModelsServed>(new GetServedModels(), AnswerDeadline, cancellation);
            }
            catch (ServiceProblemException)
            {
                // Not up yet, or on its way out; the pictures stay where they are until it answers.
                return;
            }
            Answered = true;
            var active = served.Active.Value;
            var others = served.Others.Select(model => model.Value).ToList();
            if (await catalogue.WriteAsync(session => session.ServedModels.Set(active, others), cancellation))
                await SettleAsync(served.Active, cancellation);
        }
        finally
        {
            _following.Release();
        }
    }

    public void Dispose() => _following.Dispose();

    /// <summary>Interrupted, it is begun again: what it has done is not done twice.</summary>
    private async Task SettleAsync(EmbeddingModelId active, CancellationToken cancellation)
    {
        while (await catalogue.WriteAsync(session => Advance(session, active.Value), cancellation) == Resending.Batch)
        {
        }
        var count = 0;
        var after = ("", 0);
        while (true)
        {
            // Looked for beside the writes, which have one lock: all but a few pictures have what is looked for, so finding the few takes long.
            var page = catalogue.Read(session => session.ImageModels.FoundWithout(active.Value, after, Resending.Batch));
            if (page.Count == 0)
                break;
            await catalogue.WriteAsync(session => Resending.Resend(session, page), cancellation);
            count += page.Count;
            after = page[^1];
        }
        await catalogue.WriteAsync(session => session.ServedModels.MarkSettled(active.Value), cancellation);
        metrics.Resent(count, "model");
        if (count > 0)
            Log.ResentForModel(logger, count, active);
    }

    private static int Advance(CatalogueSession session, string active)
    {
        var ahead = session.ImageModels.AheadOfTheirState(active, Resending.Batch);
        foreach (var (itemId, number) in ahead)
        {
            session.Images.SetIndexed(session.Images.Find(itemId, number)!, session.Now);
            Announcement.PictureAdvanced(session, itemId);
        }
        return ahead.Count;
    }
}

/// <summary>At once instead of at the next look.</summary>
internal sealed class ServedModelsChangedHandler(ModelFollower models) : IEventHandler<ServedModelsChanged>
{
    public Task HandleAsync(ServedModelsChanged message, CancellationToken cancellation) => models.FollowAsync(cancellation);
}
