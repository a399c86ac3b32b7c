using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Blobs;
using Search.Imaging;

namespace Search.Indexing.Content;

/// <summary>Small versions of stored pictures, made when first asked for. Content never changes under its hash, so neither do they.</summary>
internal sealed class ThumbnailStore(IBlobStore blobs, DecodeGate decodes, IOptions<IndexingOptions> options) : IDisposable
{
    private readonly MemoryCache _made = new(new MemoryCacheOptions { SizeLimit = options.Value.ThumbnailCacheMiB * 1024L * 1024 });
    private readonly ImageLimits _limits = options.Value.Limits;

    /// <exception cref="ServiceProblemException">404: its bytes are gone. 422: they can't be decoded.</exception>
    internal async Task<byte[]> GetAsync(string contentHash, int maxSide, CancellationToken cancellation)
    {
        if (_made.TryGetValue((contentHash, maxSide), out byte[]? made))
            return made!;
        var bytes = await blobs.TryGetAsync(BlobKeys.Image(contentHash), cancellation) ?? throw Missing();
        made = await decodes.RunAsync(() => Make(bytes, maxSide), cancellation);
        return _made.Set((contentHash, maxSide), made, new MemoryCacheEntryOptions { Size = made.Length });
    }

    internal static ServiceProblemException Missing() =>
        new(ServiceProblem.NotFound("Picture is gone", "The picture's bytes are no longer stored; send the item again."));

    private byte[] Make(byte[] bytes, int maxSide)
    {
        try
        {
            using var picture = ImageDecoder.Decode(bytes, _limits, maxSide);
            return Thumbnail.Jpeg(picture, maxSide);
        }
        catch (ImageRejectedException e)
        {
            throw new ServiceProblemException(new ServiceProblem(422, "image-undecodable", "Picture can't be shown", e.Message));
        }
    }

    public void Dispose() => _made.Dispose();
}
