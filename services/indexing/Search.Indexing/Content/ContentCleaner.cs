using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Hosting.Blobs;
using Search.Indexing.Outbox;
using Search.Indexing.Storage;

namespace Search.Indexing.Content;

/// <summary>Deletes blobs that nobody refers to any more and tells the services that derived something from them.</summary>
internal sealed class ContentCleaner(
    CatalogueDatabase catalogue,
    IBlobStore blobs,
    ContentLeases leases,
    ReleaseSignal signal,
    IOptions<IndexingOptions> options,
    TimeProvider time,
    ILogger<ContentCleaner> logger) : BackgroundService
{
    private const int Batch = 256;

    /// <summary>Also finds what failed requests left behind and uploads that nobody named.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ExpireUploadsAsync(stoppingToken);
                await CleanAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.CleaningFailed(logger, e);
            }
            await signal.WaitAsync(Interval, time, stoppingToken);
        }
    }

    /// <summary>One pass over all loose content.</summary>
    /// <returns>How many blobs were deleted.</returns>
    internal async Task<int> CleanAsync(CancellationToken cancellation)
    {
        var deleted = 0;
        for (var after = ""; ;)
        {
            var hashes = catalogue.Read(session => session.Content.Loose(after, Batch));
            foreach (var hash in hashes)
            {
                if (await TryDeleteAsync(hash, cancellation))
                    deleted++;
            }
            if (hashes.Count < Batch)
                return deleted;
            after = hashes[^1];
        }
    }

    private async Task<bool> TryDeleteAsync(string hash, CancellationToken cancellation)
    {
        // Held: a request is about to refer to it, or will leave it loose for the next pass.
        if (!leases.TryBlock(hash))
            return false;
        try
        {
            if (catalogue.Read(session => session.Content.IsReferenced(hash)))
            {
                await catalogue.WriteAsync(session => session.Content.ForgetLoose(hash), cancellation);
                return false;
            }
            // The blob goes first: after a crash in between, the row makes the next pass repeat both.
            await blobs.DeleteAsync(BlobKeys.Image(hash), cancellation);
            await catalogue.WriteAsync(
                session =>
                {
                    session.Content.ForgetLoose(hash);
                    session.Outbox.Add(new ContentReleased { ContentHash = hash }, session.Now, session.TraceParent);
                },
                cancellation);
            return true;
        }
        finally
        {
            leases.Unblock(hash);
        }
    }

    private async Task ExpireUploadsAsync(CancellationToken cancellation)
    {
        var oldest = (time.GetUtcNow() - options.Value.UploadLifetime).ToUnixTimeMilliseconds();
        while (await catalogue.WriteAsync(session => Expire(session, oldest), cancellation) == Batch)
        {
        }
    }

    private static int Expire(CatalogueSession session, long oldest)
    {
        var uploads = session.Uploads.CreatedBefore(oldest, Batch);
        foreach (var (id, hash) in uploads)
        {
            session.Uploads.Remove(id);
            session.Content.Release(hash);
        }
        return uploads.Count;
    }
}
