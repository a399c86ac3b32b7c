using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Indexing.Catalogue;
using Search.Indexing.Outbox;
using Search.Indexing.Storage;
using Search.Indexing.Telemetry;

namespace Search.Indexing.Reconciliation;

/// <summary>
/// Sends the models that are served beside the active one the pictures that their collections lack: so many a second and no more than are answered. It walks through the catalogue again and
/// again, so that what was lost on the way is sent once more. One caller at a time.
/// </summary>
internal sealed class FillingRound(
    CatalogueDatabase catalogue, OutboxPublisher publisher, FillingRates rates, IndexingMetrics metrics, IOptions<IndexingOptions> options, TimeProvider time, ILogger<FillingRound> logger)
{
    /// <summary>From one round to the next.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Seconds' worth of pictures that may be on their way: a queue in the embedding service that is longer fills nothing sooner.</summary>
    internal const int SecondsInFlight = 4;

    /// <summary>Between two walks that found nothing; a walk looks at every picture.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <summary>Counting a collection takes a moment, too.</summary>
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Walk> _walks = [];

    /// <returns>How many pictures were sent.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellation)
    {
        var sent = 0;
        var models = catalogue.Read(session => session.ServedModels.Others());
        // One that comes again may have lost its collection meanwhile.
        foreach (var model in _walks.Keys.Except(models).ToList())
            _walks.Remove(model);
        foreach (var model in models)
            sent += await FillAsync(model, cancellation);
        return sent;
    }

    private async Task<int> FillAsync(string model, CancellationToken cancellation)
    {
        if (!_walks.TryGetValue(model, out var walk))
            _walks.Add(model, walk = new Walk());
        var now = time.GetUtcNow();
        if (now < walk.RestsUntil)
            return 0;
        if (now >= walk.NextSample)
        {
            rates.Sample(model, catalogue.Read(session => session.ImageModels.Count(model, ImageState.Indexed)));
            walk.NextSample = now + SampleEvery;
        }
        var (pictures, ended) = Next(model, walk, now);
        foreach (var picture in pictures)
            await publisher.PublishAsync(picture, new EmbeddingModelId(model), cancellation);
        if (pictures.Count > 0)
        {
            await catalogue.WriteAsync(session => pictures.ForEach(picture => session.ImageModels.SetSent(picture, model, session.Now)), cancellation);
            metrics.Resent(pictures.Count, "filling");
            walk.Advance(pictures);
        }
        if (ended)
            End(model, walk, now);
        return pictures.Count;
    }

    private (List<ItemImage> Pictures, bool Ended) Next(string model, Walk walk, DateTimeOffset now)
    {
        var late = (now - options.Value.ResendAfter).ToUnixTimeMilliseconds();
        var perSecond = options.Value.ReembedPerSecond;
        return catalogue.Read<(List<ItemImage>, bool)>(session =>
        {
            var room = (int)Math.Min(perSecond, (SecondsInFlight * (long)perSecond) - session.ImageModels.CountUnanswered(model, late));
            if (room <= 0)
                return ([], false);
            var lacking = session.ImageModels.Lacking(model, late, walk.After, room);
            return (lacking, lacking.Count < room);
        });
    }

    private void End(string model, Walk walk, DateTimeOffset now)
    {
        if (walk.Sent > 0)
            Log.SentToFill(logger, walk.Sent, model);
        else
            walk.RestsUntil = now + Rest;
        walk.Restart();
    }

    /// <summary>How far through the catalogue one model's pictures have been looked for.</summary>
    private sealed class Walk
    {
        private static readonly (string ItemId, int Number) s_start = ("", 0);

        public (string ItemId, int Number) After { get; private set; } = s_start;

        public long Sent { get; private set; }

        public DateTimeOffset RestsUntil { get; set; }

        public DateTimeOffset NextSample { get; set; }

        public void Advance(List<ItemImage> pictures)
        {
            After = (pictures[^1].ItemId, pictures[^1].Number);
            Sent += pictures.Count;
        }

        public void Restart() => (After, Sent) = (s_start, 0);
    }
}
