using System.Text.Json;
using Search.Contracts.Catalogue;
using Search.Indexing.Catalogue;

namespace Search.Indexing.Intake;

/// <summary>Reads and checks an item's metadata, in a form part or in a line of an import.</summary>
internal static class MetadataReader
{
    private const string Fields = "title, category, attributes, price and visibility";

    /// <param name="root">A JSON object.</param>
    /// <param name="ignored">Fields beside the metadata that somebody else reads.</param>
    /// <exception cref="Contracts.ServiceProblemException">400: naming the field and the rule it breaks.</exception>
    internal static ItemMetadata Read(JsonElement root, params ReadOnlySpan<string> ignored)
    {
        string? title = null, category = null;
        var attributes = new Dictionary<string, AttributeValue>();
        double? price = null;
        var visibility = ItemVisibility.Public;
        foreach (var property in root.EnumerateObject())
        {
            switch (StrictJson.Name(property))
            {
                case "title":
                    title = Line(property.Value, "title", ItemMetadata.MaxTitleLength);
                    break;
                case "category":
                    category = Line(property.Value, "category", ItemMetadata.MaxCategoryLength);
                    break;
                case "attributes":
                    attributes = Attributes(property.Value);
                    break;
                case "price":
                    price = Price(property.Value);
                    break;
                case "visibility":
                    visibility = Visibility(property.Value);
                    break;
                case var name when ignored.Contains(name):
                    break;
                case var name:
                    throw StrictJson.Invalid($"'{Shown(name)}' is not a field of an item; there are {Fields}.");
            }
        }
        return new ItemMetadata
        {
            Title = title ?? throw StrictJson.Invalid("'title' is missing."),
            Category = category ?? throw StrictJson.Invalid("'category' is missing."),
            Attributes = AttributeText.Write(attributes),
            Price = price,
            Visibility = visibility,
        };
    }

    private static Dictionary<string, AttributeValue> Attributes(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw StrictJson.Invalid("'attributes' must be an object of names with a string or a number each.");
        var attributes = new Dictionary<string, AttributeValue>();
        foreach (var property in value.EnumerateObject())
        {
            var name = StrictJson.Name(property);
            CheckLine(name, "an attribute's name", ItemMetadata.MaxAttributeNameLength);
            attributes.Add(name, Attribute(property.Value, $"attributes.{name}"));
        }
        return attributes.Count <= ItemMetadata.MaxAttributes
            ? attributes
            : throw StrictJson.Invalid($"An item has at most {ItemMetadata.MaxAttributes} attributes; got {attributes.Count}.");
    }

    private static AttributeValue Attribute(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.String => AttributeValue.Of(CheckText(StrictJson.Text(value, name), $"'{name}'", ItemMetadata.MaxAttributeTextLength)),
        JsonValueKind.Number => AttributeValue.Of(Number(value, name)),
        _ => throw StrictJson.Invalid($"'{name}' must be a string or a number."),
    };

    private static double? Price(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        var price = Number(value, "price");
        return price >= 0 ? price : throw StrictJson.Invalid("'price' must not be negative.");
    }

    private static double Number(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw StrictJson.Invalid($"'{name}' must be a finite number.");

    private static ItemVisibility Visibility(JsonElement value) => StrictJson.Text(value, "visibility") switch
    {
        "public" => ItemVisibility.Public,
        "private" => ItemVisibility.Private,
        "unpublished" => ItemVisibility.Unpublished,
        _ => throw StrictJson.Invalid("'visibility' must be public, private or unpublished."),
    };

    private static string Line(JsonElement value, string name, int maxLength)
    {
        var text = StrictJson.Text(value, name);
        CheckLine(text, $"'{name}'", maxLength);
        return text;
    }

    private static void CheckLine(string text, string what, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw StrictJson.Invalid($"{Capital(what)} must not be blank.");
        CheckText(text, what, maxLength);
    }

    private static string CheckText(string text, string what, int maxLength)
    {
        if (text.Length > maxLength)
            throw StrictJson.Invalid($"{Capital(what)} has {text.Length} characters; at most {maxLength} are kept.");
        return text.Any(char.IsControl)
            ? throw StrictJson.Invalid($"{Capital(what)} contains control characters.")
            : text;
    }

    private static string Capital(string what) => char.ToUpperInvariant(what[0]) + what[1..];

    private static string Shown(string name) => name.Length <= 100 ? name : name[..100] + "…";
}
