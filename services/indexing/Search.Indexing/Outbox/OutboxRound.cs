using Microsoft.Extensions.Options;
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
    private const int Batch = 64;

    /// <summary>One round: a batch of facts, then as many pictures as there is room for.</summary>
    /// <returns>How many events left; what could not leave stays and the first reason is thrown.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellation) =>
        await DispatchFactsAsync(cancellation) + await DispatchPicturesAsync(cancellation);

    private async Task<int> DispatchFactsAsync(CancellationToken cancellation)
    {
        var now = Now;
        var rows = catalogue.Read(session => session.Outbox.Due(now, Batch));
        await PublishAllAsync(
            rows,
            row => publisher.PublishAsync(row, CancellationToken.None),
            (session, row) => session.Outbox.MarkPublished(row, session.Now),
            cancellation);
        return rows.Count;
    }

    private async Task<int> DispatchPicturesAsync(CancellationToken cancellation)
    {
        var now = Now;
        var counted = now - (long)options.Value.ResendAfter.TotalMilliseconds;
        var pictures = catalogue.Read(session =>
        {
            var room = options.Value.MaxPicturesInFlight - session.Images.CountUnanswered(counted);
            return room > 0 ? session.Images.Unpublished(Math.Min(room, Batch)) : [];
        });
        // Ahead of their publication: once they are found, whatever fills the other collections would take them for lacking.
        if (pictures.Count > 0 && catalogue.Read(session => session.ServedModels.Others()).Count > 0)
            await catalogue.WriteAsync(session => pictures.ForEach(picture => session.ImageModels.SetSentToOthers(picture.Image, session.Now)), cancellation);
        await PublishAllAsync(
            pictures,
            picture => publisher.PublishAsync(picture.Image, picture.TraceParent, CancellationToken.None),
            (session, picture) => session.Images.MarkPublished(picture.Image, session.Now),
            cancellation);
        return pictures.Count;
    }

    /// <summary>
    /// Publishes are started in order and confirmed together: a broker's confirm takes milliseconds, a picture not much more. When the host stops, those
    /// that still wait for the broker are left to themselves and count as not published.
    /// </summary>
    private async Task PublishAllAsync<T>(List<T> entries, Func<T, Task> publish, Action<CatalogueSession, T> settle, CancellationToken cancellation)
    {
        if (entries.Count == 0)
            return;
        var publications = entries.ConvertAll(entry => publish(entry));
        try
        {
            await Task.WhenAll(publications).WaitAsync(cancellation);
        }
        finally
        {
            var taken = entries.Where((_, i) => publications[i].IsCompletedSuccessfully).ToList();
            // Not cancelled with the host: the broker has these, and what isn't settled is published again.
            await catalogue.WriteAsync(session => taken.ForEach(entry => settle(session, entry)), CancellationToken.None);
            metrics.Published(taken.Count);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
