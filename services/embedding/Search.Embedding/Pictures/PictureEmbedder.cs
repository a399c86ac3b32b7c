using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Telemetry;
using Search.Imaging;

namespace Search.Embedding;

/// <summary>
/// A picture's vector by the cheapest way: remembered, stored, being computed for somebody else, or computed now. Safe for concurrent use.
/// </summary>
internal sealed class PictureEmbedder(
    PicturePreparer preparer, EmbeddingStore store, IOptions<EmbeddingOptions> options, TimeProvider time)
{
    private readonly SharedComputations<PictureEmbedding> _computations = new();
    private readonly RecentEmbeddings _recent = new(options.Value.RecentQueries);

    /// <param name="model">Whose vector.</param>
    /// <param name="contentHash">Hash of the bytes that <paramref name="load"/> brings.</param>
    /// <param name="load">Called only when the bytes are needed.</param>
    /// <param name="lane">Catalogue pictures are stored before this returns, query pictures only remembered for a while.</param>
    /// <exception cref="ImageRejectedException">The picture can't be read.</exception>
    /// <exception cref="ServiceProblemException">503: too many queries wait already; or what <paramref name="load"/> throws.</exception>
    public async Task<PictureEmbedding> EmbedAsync(
        EmbeddingModel model, string contentHash, Func<CancellationToken, Task<byte[]>> load, WorkLane lane, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var embedding = await _computations.GetAsync(KeyOf(model, contentHash), c => FindOrComputeAsync(model, contentHash, load, lane, c), cancellation);
            // A computation that a query began is not in the store yet.
            if (lane == WorkLane.Catalogue && embedding.Origin is EmbeddingOrigin.Computed or EmbeddingOrigin.Recent)
                await store.AddAsync(contentHash, model.Id, embedding.Content, cancellation);
            outcome = embedding.Origin is EmbeddingOrigin.Stored or EmbeddingOrigin.Recent ? "found" : "computed";
            return embedding;
        }
        catch (ImageRejectedException)
        {
            outcome = "rejected";
            throw;
        }
        catch (ServiceProblemException e)
        {
            outcome = e.Problem.Status == 503 ? "overloaded" : "rejected";
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            EmbeddingMetrics.RequestDuration.Record(
                time.GetElapsedTime(started).TotalSeconds, new("source", lane == WorkLane.Query ? "query" : "catalogue"), new("outcome", outcome));
        }
    }

    /// <summary>Forgets what was stored about this content.</summary>
    public Task ForgetAsync(string contentHash, CancellationToken cancellation) => store.ForgetAsync(contentHash, cancellation);

    private async Task<PictureEmbedding> FindOrComputeAsync(
        EmbeddingModel model, string contentHash, Func<CancellationToken, Task<byte[]>> load, WorkLane lane, CancellationToken cancellation)
    {
        if (_recent.TryGet(KeyOf(model, contentHash), out var recent))
            return new PictureEmbedding(recent, EmbeddingOrigin.Recent);
        var stored = store.TryGet(contentHash, model.Id, model.Card.Dimension);
        EmbeddingMetrics.StoreLookups.Add(1, new KeyValuePair<string, object?>("result", stored is null ? "miss" : "hit"));
        if (stored is not null)
            return new PictureEmbedding(stored, EmbeddingOrigin.Stored);

        var computed = await ComputeAsync(model, await load(cancellation), lane, cancellation);
        if (lane == WorkLane.Query)
        {
            _recent.Add(KeyOf(model, contentHash), computed.Content);
            return computed;
        }
        await store.AddAsync(contentHash, model.Id, computed.Content, cancellation);
        return computed with { Origin = EmbeddingOrigin.ComputedAndStored };
    }

    private static string KeyOf(EmbeddingModel model, string contentHash) => $"{contentHash}/{model.Id}";

    private async Task<PictureEmbedding> ComputeAsync(EmbeddingModel model, byte[] bytes, WorkLane lane, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var picture = await preparer.PrepareAsync(model, bytes, lane, cancellation);
        var prepared = time.GetTimestamp();
        using var activity = SearchTelemetry.Source.StartActivity("embedding.infer");
        var vector = await model.RunAsync(picture.Input, lane, cancellation);
        return new PictureEmbedding(
            new StoredEmbedding(vector, picture.PerceptualHash),
            EmbeddingOrigin.Computed,
            time.GetElapsedTime(started, prepared).TotalMilliseconds,
            time.GetElapsedTime(prepared).TotalMilliseconds);
    }
}
