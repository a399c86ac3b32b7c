using Search.Contracts;
using Search.Indexing.Catalogue;
using Search.Indexing.Content;
using Search.Indexing.Intake;

namespace Search.Indexing.Api;

/// <summary>The body of a PUT: a metadata part and any number of image parts, whose order numbers them.</summary>
internal static class ItemForm
{
    private const int MaxMetadataBytes = 256 * 1024;

    /// <returns>Pictures is null when none was sent: those of the item stay.</returns>
    internal static async Task<(ItemMetadata Metadata, List<Picture>? Pictures)> ReadAsync(
        HttpRequest request, PictureStore store, ContentHold hold, IndexingOptions options, CancellationToken cancellation)
    {
        ItemMetadata? metadata = null;
        List<Picture>? pictures = null;
        await foreach (var part in FormReader.PartsAsync(request, cancellation))
        {
            switch (part.Name)
            {
                case "metadata":
                    metadata = metadata is null
                        ? await ReadMetadataAsync(part, cancellation)
                        : throw Invalid("There is more than one 'metadata' part.");
                    break;
                case "image":
                    pictures ??= [];
                    if (pictures.Count == options.MaxImagesPerItem)
                        throw Invalid($"An item has at most {options.MaxImagesPerItem} pictures.");
                    // One at a time: a request of sixteen large photos needs the memory of one.
                    var bytes = await part.ReadAsync(options.MaxImageBytes, cancellation) ?? throw PictureProblems.TooManyBytes(options.MaxImageBytes);
                    pictures.Add(await store.KeepAsync(bytes, hold, cancellation));
                    break;
                default:
                    throw Invalid($"'{part.Name}' is not a part of an item; there are 'metadata' and 'image'.");
            }
        }
        return (metadata ?? throw Invalid("The part 'metadata' is missing."), pictures);
    }

    private static async Task<ItemMetadata> ReadMetadataAsync(FormPart part, CancellationToken cancellation)
    {
        var bytes = await part.ReadAsync(MaxMetadataBytes, cancellation)
            ?? throw new ServiceProblemException(ServiceProblem.TooLarge("Metadata too large", $"At most {MaxMetadataBytes:N0} bytes are read."));
        using var document = StrictJson.ParseObject(bytes, "The part 'metadata'");
        return MetadataReader.Read(document.RootElement);
    }

    private static ServiceProblemException Invalid(string detail) => new(ServiceProblem.InvalidRequest("Form can't be used", detail));
}
