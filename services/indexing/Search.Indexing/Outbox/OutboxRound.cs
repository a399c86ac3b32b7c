using Microsoft.Extensions.Options;
using Search.Contracts.Catalogue;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;
using Search.Indexing.Telemetry;

namespace Search.Indexing.Outbox;

/// <summary>
/// Publishes what the catalogue has committed, in order, and forgets it when the broker has taken it. Pictures to embed are let out only up to
/// <see cref="IndexingOptions.MaxPicturesInFlight"/>: the rest of a large import waits on disk, not in queues. One caller at a time.
/// </summary>
internal sealed class OutboxRound(
    CatalogueDatabase catalogue, OutboxPublisher publisher, IndexingMetrics metrics, IOptions<IndexingOptions> options, TimeProvider time)
{
    /// <summary>Facts, and pictures, that leave in one round at most.</summary>
    internal const int Batch = 64;

    /// <summary>One round: a batch of facts, then as many pictures as there is room for.</summary>
    /// <returns>How many events left, fewer than <see cref="Batch"/> when nothing more was due; what could not leave stays and the first reason is thrown.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellation)
    {
        var now = Now;
        var (facts, pictures, othersServed) = catalogue.Read(session => (Facts(session, now), Pictures(session, now), session.ServedModels.Others().Count > 0));
        // Ahead of their publication: once they are found, whatever fills the other collections would take them for lacking.
        if (pictures.Count > 0 && othersServed)
            await catalogue.WriteAsync(session => pictures.ForEach(picture => session.ImageModels.SetSentToOthers(picture.Image, session.Now)), cancellation);
        return await PublishAllAsync(
            [
                .. facts.Select(fact => new Departure(
                    () => publisher.PublishAsync(fact.Row, fact.Document, CancellationToken.None), session => session.Outbox.MarkPublished(fact.Row, session.Now))),
                .. pictures.Select(picture => new Departure(
                    () => publisher.PublishAsync(picture.Image, picture.TraceParent, CancellationToken.None), session => session.Images.MarkPublished(picture.Image, session.Now))),
            ],
            cancellation);
    }

    private static List<(OutboxRow Row, ItemDocument? Document)> Facts(CatalogueSession session, long now) =>
        session.Outbox.Due(now, Batch).ConvertAll(row => (row, row.Body is null ? ItemDocuments.Find(session, row.ItemId!) : null));

    private List<(ItemImage Image, string? TraceParent)> Pictures(CatalogueSession session, long now)
    {
        var counted = now - (long)options.Value.ResendAfter.TotalMilliseconds;
        var room = options.Value.MaxPicturesInFlight - session.Images.CountUnanswered(counted);
        return room > 0 ? session.Images.Unpublished(Math.Min(room, Batch)) : [];
    }

    /// <summary>
    /// Publishes are started in order and confirmed together: a broker's confirm takes milliseconds, a picture not much more. When the host stops, those
    /// that still wait for the broker are left to themselves and count as not published.
    /// </summary>
    private async Task<int> PublishAllAsync(List<Departure> departures, CancellationToken cancellation)
    {
        if (departures.Count == 0)
            return 0;
        var publications = departures.ConvertAll(departure => departure.Publish());
        try
        {
            await Task.WhenAll(publications).WaitAsync(cancellation);
        }
        finally
        {
            var taken = departures.Where((_, i) => publications[i].IsCompletedSuccessfully).ToList();
            // Not cancelled with the host: the broker has these, and what isn't settled is published again.
            await catalogue.WriteAsync(session => taken.ForEach(departure => departure.Settle(session)), CancellationToken.None);
            metrics.Published(taken.Count);
        }
        return departures.Count;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>An event on its way out, and what is written once the broker has it.</summary>
    private sealed record Departure(Func<Task> Publish, Action<CatalogueSession> Settle);
}
