using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Search.JewelryRenderer.Catalogue;

/// <summary>The catalogue's two text files, one JSON object a line.</summary>
internal static class CatalogueFiles
{
    /// <summary>Titles hold words such as "pavé" and "rivière"; they stay readable in the file.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A product in the import format of the search API; paths are relative to the file.</summary>
    public static string Line(Product product) => new JsonObject
    {
        ["id"] = product.Id,
        ["title"] = product.Title,
        ["category"] = product.Category.Name,
        ["price"] = product.Price,
        ["visibility"] = "public",
        ["attributes"] = new JsonObject(product.Attributes.Select(a => KeyValuePair.Create(a.Key, (JsonNode?)Value(a.Value)))),
        ["images"] = new JsonArray([.. Enumerable.Range(1, Product.ShippedViews).Select(v => (JsonNode)new JsonObject { ["path"] = product.ImagePath(v) })]),
    }.ToJsonString(Json);

    /// <summary>A held-out view and the product it shows.</summary>
    public static string QueryLine(Product product) =>
        new JsonObject { ["image"] = product.QueryPath, ["itemId"] = product.Id }.ToJsonString(Json);

    public static void Write(string folder, IReadOnlyList<Product> products)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "catalogue.ndjson"), string.Concat(products.Select(p => Line(p) + "\n")));
        File.WriteAllText(Path.Combine(folder, "queries.ndjson"), string.Concat(products.Select(p => QueryLine(p) + "\n")));
    }

    private static JsonValue? Value(object value) => value switch
    {
        string text => JsonValue.Create(text),
        float number => JsonValue.Create(Math.Round((decimal)number, 2)),
        int number => JsonValue.Create(number),
        _ => throw new ArgumentException($"An attribute is a string or a number, not {value.GetType().Name}.", nameof(value)),
    };
}
