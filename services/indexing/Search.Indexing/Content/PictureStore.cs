using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Blobs;
using Search.Imaging;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Content;

/// <summary>Takes pictures in: judges them, names them by their bytes, and stores bytes that are not there yet. Safe for concurrent use.</summary>
internal sealed class PictureStore(
    CatalogueDatabase catalogue, IBlobStore blobs, ContentLeases leases, DecodeGate decodes, IOptions<IndexingOptions> options)
{
    private readonly ImageLimits _limits = options.Value.Limits;

    /// <summary>Decoded only to learn whether it can be: as small as the format allows.</summary>
    private const int SmallestDecode = 16;

    /// <summary>Opens a hold for the pictures of one request; dispose it after the commit that refers to them.</summary>
    internal ContentHold Open() => new(leases);

    /// <param name="wholly">Decode all of it, so that a broken picture is refused now; otherwise the header is enough.</param>
    /// <exception cref="ServiceProblemException">400, 413, 415 or 422: the picture is not going to be read.</exception>
    internal async Task<Picture> KeepAsync(ReadOnlyMemory<byte> bytes, ContentHold hold, bool wholly, CancellationToken cancellation)
    {
        var info = Judge(() => ImageDecoder.Probe(bytes, _limits));
        var hash = ContentHash.Of(bytes.Span);
        await hold.AddAsync(hash);
        var known = catalogue.Read(session => session.Content.Know(hash));
        if (wholly && known != KnownContent.Decoded)
            await decodes.RunAsync(() => Judge(() => DecodeOnly(bytes)), cancellation);
        if (known == KnownContent.No)
        {
            await catalogue.WriteAsync(session => session.Content.ExpectLoose(hash), cancellation);
            await blobs.PutAsync(BlobKeys.Image(hash), bytes, cancellation);
        }
        return new Picture(hash, info.ContentType);
    }

    /// <summary>A picture that was uploaded before.</summary>
    /// <exception cref="ServiceProblemException">400: there is no such upload, or no longer.</exception>
    internal async Task<Picture> KeepUploadAsync(string uploadId, ContentHold hold)
    {
        if (catalogue.Read(session => session.Uploads.Find(uploadId)) is { } picture)
        {
            await hold.AddAsync(picture.ContentHash);
            // Looked up again under the hold: it may have expired in between.
            if (catalogue.Read(session => session.Uploads.Find(uploadId)) is not null)
                return picture;
        }
        throw new ServiceProblemException(ServiceProblem.InvalidRequest(
            "Unknown upload", "There is no upload with this id, or it has expired: upload the picture again."));
    }

    private bool DecodeOnly(ReadOnlyMemory<byte> bytes)
    {
        ImageDecoder.Decode(bytes, _limits, SmallestDecode).Dispose();
        return true;
    }

    private static T Judge<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ImageRejectedException e)
        {
            throw PictureProblems.Of(e);
        }
    }
}
