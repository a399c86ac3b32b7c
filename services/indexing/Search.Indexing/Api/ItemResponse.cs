using System.Text.Json.Serialization;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Indexing.Catalogue;

namespace Search.Indexing.Api;

/// <summary>An item as the API shows it.</summary>
internal sealed record ItemResponse(
    string Id,
    string Title,
    string Category,
    IReadOnlyDictionary<string, AttributeValue> Attributes,
    double? Price,
    ItemVisibility Visibility,
    ImageState State,
    IReadOnlyList<ImageResponse> Images)
{
    internal static ItemResponse Of(Item item, IEnumerable<ItemImage> images) => new(
        item.Id,
        item.Metadata.Title,
        item.Metadata.Category,
        AttributeText.Read(item.Metadata.Attributes),
        item.Metadata.Price,
        item.Metadata.Visibility,
        item.State,
        [.. images.Select(ImageResponse.Of)]);
}

/// <param name="Failure">Why the picture failed; absent otherwise.</param>
internal sealed record ImageResponse(
    string ImageId,
    string ImageUrl,
    ImageState State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Failure)
{
    internal static ImageResponse Of(ItemImage image) => new(
        ImageKey.Create(image.ItemId, image.Number), ItemUrls.Image(image.ItemId, image.Number), image.State, image.Failure);
}

internal sealed record ItemListResponse(IReadOnlyList<ItemResponse> Items, string? Next);

internal sealed record CategoriesResponse(IReadOnlyList<CategoryResponse> Categories);

internal sealed record CategoryResponse(string Name, long Count);

internal sealed record PutItemResponse(string Id, ImageState State, string StatusUrl);

internal sealed record UploadResponse(string UploadId);
