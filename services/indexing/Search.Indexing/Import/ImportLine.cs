using System.Text.Json;
using Search.Contracts;
using Search.Indexing.Catalogue;
using Search.Indexing.Intake;

namespace Search.Indexing.Import;

/// <summary>A line that has been understood; what it names has not been looked at yet.</summary>
/// <param name="Sources">Null when the line has no images: those of the item stay.</param>
internal sealed record ImportLine(int Number, string Id, ItemMetadata Metadata, IReadOnlyList<PictureSource>? Sources)
{
    private const string IdField = "id";
    private const string ImagesField = "images";


    internal long Weight => Sources?.Sum(source => (long)source.Weight) ?? 0;

    /// <param name="id">The item's id as soon as it is known, so that a refusal can name it.</param>
    /// <exception cref="ServiceProblemException">400: what is wrong with the line.</exception>
    internal static ImportLine Parse(Line line, IndexingOptions options, ref string? id)
    {
        if (line.TooLong)
        {
            throw new ServiceProblemException(ServiceProblem.TooLarge(
                "Line too long", $"A line has at most {options.MaxImportLineBytes:N0} bytes; upload large pictures first or name them by path."));
        }
        using var document = StrictJson.ParseObject(line.Bytes, "The line");
        var root = document.RootElement;
        id = ItemId.Require(root.TryGetProperty(IdField, out var given) ? StrictJson.Text(given, IdField) : throw StrictJson.Invalid("'id' is missing."));
        var metadata = MetadataReader.Read(root, IdField, ImagesField);
        var sources = root.TryGetProperty(ImagesField, out var images) ? Images(images, options) : null;
        return new ImportLine(line.Number, id, metadata, sources);
    }

    private static List<PictureSource> Images(JsonElement images, IndexingOptions options)
    {
        if (images.ValueKind != JsonValueKind.Array || images.GetArrayLength() == 0)
            throw StrictJson.Invalid("'images' must be a list of at least one picture; leave it out to keep the item's pictures.");
        if (images.GetArrayLength() > options.MaxImagesPerItem)
            throw StrictJson.Invalid($"An item has at most {options.MaxImagesPerItem} pictures.");
        return [.. images.EnumerateArray().Select(Source)];
    }

    private static PictureSource Source(JsonElement image)
    {
        if (image.ValueKind != JsonValueKind.Object || image.GetPropertyCount() != 1)
            throw StrictJson.Invalid("Each of 'images' must be an object with one of path, uploadId and data.");
        var property = image.EnumerateObject().First();
        return StrictJson.Name(property) switch
        {
            "path" => new PathSource(StrictJson.Text(property.Value, "path")),
            "uploadId" => new UploadSource(StrictJson.Text(property.Value, "uploadId")),
            "data" => new InlineSource(Base64(property.Value)),
            _ => throw StrictJson.Invalid("Each of 'images' must be an object with one of path, uploadId and data."),
        };
    }

    private static byte[] Base64(JsonElement value) => value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)
        ? bytes
        : throw StrictJson.Invalid("'data' must be the picture's bytes as base64, without a data: prefix.");
}
