using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Hosting.Blobs;
using Search.Indexing.Catalogue;
using Search.Indexing.Content;
using Search.Indexing.Storage;

namespace Search.Indexing.Api;

/// <summary>An item's picture as it was sent, or smaller.</summary>
internal static class ImageEndpoint
{
    private const int SmallestSide = 16;
    private const int LargestSide = 1024;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/items/{id}/image", GetAsync)
        .WithSummary("A picture of an item: the original bytes, or with 'size' a JPEG whose longer side is at most that many pixels")
        .Produces(StatusCodes.Status200OK, contentType: "image/jpeg");

    private static async Task<IResult> GetAsync(
        string id, HttpContext context, CatalogueDatabase catalogue, IBlobStore blobs, ThumbnailStore thumbnails, CancellationToken cancellation, int n = 0, int? size = null)
    {
        ItemId.Require(id);
        if (size is < SmallestSide or > LargestSide)
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Bad size", $"'size' is {SmallestSide} to {LargestSide}; got {size}."));
        var (item, image) = catalogue.Read(session => (VisibleItems.Require(session, id, context.Request), session.Images.Find(id, n)));
        if (image is null)
            throw new ServiceProblemException(ServiceProblem.NotFound("Unknown picture", $"Item '{id}' has no picture {n}."));

        var tag = new EntityTagHeaderValue(size is null ? $"\"{image.ContentHash}\"" : $"\"{image.ContentHash}-{size}\"");
        var answer = Matches(context.Request.Headers.IfNoneMatch, tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : await ReadAsync(image, size, blobs, thumbnails, cancellation);
        WriteHeaders(context.Response, tag, item.Metadata.Visibility);
        return answer;
    }

    private static async Task<IResult> ReadAsync(ItemImage image, int? size, IBlobStore blobs, ThumbnailStore thumbnails, CancellationToken cancellation)
    {
        if (size is { } side)
            return Results.Bytes(await thumbnails.GetAsync(image.ContentHash, side, cancellation), "image/jpeg");
        var bytes = await blobs.TryGetAsync(BlobKeys.Image(image.ContentHash), cancellation) ?? throw ThumbnailStore.Missing();
        return Results.Bytes(bytes, image.ContentType);
    }

    private static void WriteHeaders(HttpResponse response, EntityTagHeaderValue tag, ItemVisibility visibility)
    {
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = visibility == ItemVisibility.Public ? "public, max-age=60" : "private, no-store";
        // The bytes are a stranger's: a browser must take them for the picture they were found to be, and for nothing else.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
    }

    private static bool Matches(StringValues known, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(known, out var tags)
        && tags.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(tag, useStrongComparison: false));
}
