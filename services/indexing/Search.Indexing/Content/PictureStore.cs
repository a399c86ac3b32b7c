using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Blobs;
using Search.Imaging;
using Search.Indexing.Catalogue;
using Search.Indexing.Storage;

namespace Search.Indexing.Content;

/// <summary>A picture that has been judged, with its bytes, which the blob store may have or not.</summary>
internal sealed record SeenPicture(Picture Picture, ReadOnlyMemory<byte> Bytes);

/// <summary>Takes pictures in: judges them, names them by their bytes, and stores bytes that are not there yet. Safe for concurrent use.</summary>
internal sealed class PictureStore(
    CatalogueDatabase catalogue, IBlobStore blobs, ContentLeases leases, DecodeGate decodes, IOptions<IndexingOptions> options)
{
    private readonly ImageLimits _limits = options.Value.Limits;

    /// <summary>Decoded only to learn whether it can be: as small as the format allows.</summary>
    private const int SmallestDecode = 16;

    /// <summary>Opens a hold for the pictures of one request; dispose it after the commit that refers to them.</summary>
    internal ContentHold Open() => new(leases);

    /// <summary>Takes one picture in. It is decoded, so that a broken one is refused now.</summary>
    /// <exception cref="ServiceProblemException">400, 413, 415 or 422: the picture is not going to be read.</exception>
    internal async Task<Picture> KeepAsync(ReadOnlyMemory<byte> bytes, ContentHold hold, CancellationToken cancellation)
    {
        var seen = Look(bytes);
        var hash = seen.Picture.ContentHash;
        await hold.AddAsync(hash);
        if (catalogue.Read(session => session.Content.Know(hash)) != KnownContent.Decoded)
            await decodes.RunAsync(() => Judge(() => DecodeOnly(bytes)), cancellation);
        if ((await ExpectAsync([seen], hold, cancellation)).Count > 0)
            await PutAsync(seen, cancellation);
        return seen.Picture;
    }

    /// <summary>Judges a picture by its header and names it.</summary>
    /// <exception cref="ServiceProblemException">400, 413, 415 or 422: the picture is not going to be read.</exception>
    internal SeenPicture Look(ReadOnlyMemory<byte> bytes)
    {
        var info = Judge(() => ImageDecoder.Probe(bytes, _limits));
        return new SeenPicture(new Picture(ContentHash.Of(bytes.Span), info.ContentType), bytes);
    }

    /// <summary>Makes ready for pictures: before a blob is written it has to be known as loose, which takes a commit, so many share one.</summary>
    /// <returns>The content that isn't stored yet: <see cref="PutAsync"/> it.</returns>
    internal async Task<IReadOnlySet<string>> ExpectAsync(IEnumerable<SeenPicture> pictures, ContentHold hold, CancellationToken cancellation)
    {
        var hashes = pictures.Select(seen => seen.Picture.ContentHash).Distinct(StringComparer.Ordinal).ToList();
        foreach (var hash in hashes)
            await hold.AddAsync(hash);
        var missing = catalogue.Read(session => hashes.FindAll(hash => session.Content.Know(hash) == KnownContent.No));
        if (missing.Count > 0)
            await catalogue.WriteAsync(session => missing.ForEach(session.Content.ExpectLoose), cancellation);
        return missing.ToHashSet(StringComparer.Ordinal);
    }

    internal Task PutAsync(SeenPicture picture, CancellationToken cancellation) =>
        blobs.PutAsync(BlobKeys.Image(picture.Picture.ContentHash), picture.Bytes, cancellation);

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
