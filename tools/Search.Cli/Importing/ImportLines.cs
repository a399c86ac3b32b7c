using System.Text.Json;
using System.Text.Json.Nodes;
using Search.Cli.Api;

namespace Search.Cli.Importing;

/// <summary>
/// The NDJSON lines of an import, either naming pictures by path (the service sees the same folder) or carrying them inline. Lines are made as they are sent,
/// so that a catalogue larger than memory can be imported.
/// </summary>
internal sealed class ImportLines(string folder, bool inline)
{
    /// <summary>File that describes a prepared catalogue: the import lines themselves, paths relative to its folder.</summary>
    private const string CatalogueFile = "catalogue.ndjson";

    private readonly IReadOnlyList<JsonObject> _items = ReadItems(folder);

    internal int Count => _items.Count;

    internal IEnumerable<byte[]> All() =>
        _items.Select(item => JsonSerializer.SerializeToUtf8Bytes(inline ? Inline(item, folder) : item, SearchApi.Json));

    private static IReadOnlyList<JsonObject> ReadItems(string folder)
    {
        var prepared = Path.Combine(folder, CatalogueFile);
        return File.Exists(prepared)
            ? [.. File.ReadLines(prepared).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => JsonNode.Parse(line)!.AsObject())]
            : [.. CatalogueFolder.Read(folder).Select(ToJson)];
    }

    private static JsonObject ToJson(ImportItem item) => new()
    {
        ["id"] = item.Id,
        ["title"] = item.Title,
        ["category"] = item.Category,
        ["attributes"] = JsonSerializer.SerializeToNode(item.Attributes, SearchApi.Json),
        ["images"] = new JsonArray(new JsonObject { ["path"] = item.Path }),
    };

    private static JsonObject Inline(JsonObject line, string folder)
    {
        var copy = line.DeepClone().AsObject();
        foreach (var image in copy["images"]?.AsArray() ?? [])
        {
            if (image is JsonObject o && o["path"]?.GetValue<string>() is { } path)
            {
                o.Remove("path");
                o["data"] = Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, path)));
            }
        }
        return copy;
    }
}
