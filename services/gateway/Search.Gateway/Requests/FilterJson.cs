using System.Text.Json;
using System.Text.Unicode;
using Search.Contracts;
using Search.Contracts.Catalogue;

namespace Search.Gateway.Requests;

/// <summary>
/// Reads the filter that callers write:
/// <code>{"category": "rings" | ["rings", …], "attributes": {NAME: VALUE | [VALUE, …] | RANGE}, "ranges": {NAME: RANGE}}</code>
/// VALUE is a string or a number, RANGE an object of gte, gt, lte, lt. What it does not know it refuses, with the path of the member.
/// </summary>
internal static class FilterJson
{
    internal const int MaxCategories = 50;
    internal const int MaxConditions = 32;
    internal const int MaxValues = 100;
    internal const int MaxTextLength = 200;

    /// <summary>Not an attribute but a field of the item; filtered like one.</summary>
    private const string Price = "price";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    internal static SearchFilter Parse(ReadOnlyMemory<byte> json)
    {
        // Checked first because the JSON reader accepts broken text and fails only when it is turned into strings.
        if (!Utf8.IsValid(json.Span))
            throw Bad("$", "is not UTF-8 text.");
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw Bad("$", $"is not JSON that can be read: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair written as an escape: JSON by the letter, but no text.
            throw Bad("$", "holds an escape sequence that is not a character.");
        }
    }

    private static SearchFilter Read(JsonElement root)
    {
        Require(root, JsonValueKind.Object, "$", "an object");
        IReadOnlyList<string> categories = [];
        var attributes = new Dictionary<string, IReadOnlyList<AttributeValue>>(StringComparer.Ordinal);
        var ranges = new Dictionary<string, NumberRange>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "category":
                    categories = Categories(member.Value);
                    break;
                case "attributes":
                    Attributes(member.Value, attributes, ranges);
                    break;
                case "ranges":
                    Ranges(member.Value, ranges);
                    break;
                default:
                    throw Bad($"$.{member.Name}", "is not known; a filter has category, attributes and ranges.");
            }
        }
        return new SearchFilter { Categories = categories, Attributes = attributes, Ranges = ranges };
    }

    private static List<string> Categories(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return [Text(value, "$.category")];
        return [.. Elements(value, "$.category", MaxCategories).Select((e, i) => Text(e, $"$.category[{i}]"))];
    }

    private static void Attributes(JsonElement value, Dictionary<string, IReadOnlyList<AttributeValue>> attributes, Dictionary<string, NumberRange> ranges)
    {
        foreach (var (name, condition, path) in Conditions(value, "$.attributes"))
        {
            if (condition.ValueKind == JsonValueKind.Object)
                AddRange(ranges, name, condition, path);
            else if (name == Price)
                ranges.Add(name, Exactly(Number(condition, path)));
            else if (condition.ValueKind == JsonValueKind.Array)
                attributes.Add(name, [.. Elements(condition, path, MaxValues).Select((e, i) => Value(e, $"{path}[{i}]"))]);
            else
                attributes.Add(name, [Value(condition, path)]);
        }
    }

    private static void Ranges(JsonElement value, Dictionary<string, NumberRange> ranges)
    {
        foreach (var (name, condition, path) in Conditions(value, "$.ranges"))
            AddRange(ranges, name, condition, path);
    }

    private static void AddRange(Dictionary<string, NumberRange> ranges, string name, JsonElement value, string path)
    {
        if (!ranges.TryAdd(name, Range(value, path)))
            throw Bad(path, "is given a second range.");
    }

    private static NumberRange Range(JsonElement value, string path)
    {
        Require(value, JsonValueKind.Object, path, "a range such as {\"gte\": 1, \"lt\": 2}");
        var range = new NumberRange();
        foreach (var bound in value.EnumerateObject())
        {
            var number = Number(bound.Value, $"{path}.{bound.Name}");
            range = bound.Name switch
            {
                "gte" => range with { Gte = number },
                "gt" => range with { Gt = number },
                "lte" => range with { Lte = number },
                "lt" => range with { Lt = number },
                _ => throw Bad($"{path}.{bound.Name}", "is not known; a range has gte, gt, lte and lt."),
            };
        }
        if (range == new NumberRange())
            throw Bad(path, "is a range without a bound.");
        // Such a range would make the search walk the whole collection to find nothing.
        if (Contradicts(range))
            throw Bad(path, "is a range that no number lies in.");
        return range;
    }

    private static bool Contradicts(NumberRange r) => r.Gte > r.Lte || r.Gte >= r.Lt || r.Gt >= r.Lte || r.Gt >= r.Lt;

    private static NumberRange Exactly(double number) => new() { Gte = number, Lte = number };

    private static IEnumerable<(string Name, JsonElement Value, string Path)> Conditions(JsonElement value, string path)
    {
        Require(value, JsonValueKind.Object, path, "an object");
        if (value.GetPropertyCount() > MaxConditions)
            throw Bad(path, $"has more than {MaxConditions} members.");
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Length is 0 or > MaxTextLength)
                throw Bad(path, $"has a name that is empty or longer than {MaxTextLength} characters.");
            yield return (member.Name, member.Value, $"{path}.{member.Name}");
        }
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement value, string path, int most)
    {
        var count = value.GetArrayLength();
        return count >= 1 && count <= most
            ? value.EnumerateArray()
            : throw Bad(path, $"has {count} values; it may have 1 to {most}.");
    }

    private static AttributeValue Value(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => AttributeValue.Of(Text(value, path)),
        JsonValueKind.Number => AttributeValue.Of(Number(value, path)),
        _ => throw Bad(path, "is not a string, a number, a list of them or a range."),
    };

    private static string Text(JsonElement value, string path)
    {
        Require(value, JsonValueKind.String, path, "a string");
        return value.GetString() is { Length: > 0 and <= MaxTextLength } text
            ? text
            : throw Bad(path, $"is empty or longer than {MaxTextLength} characters.");
    }

    private static double Number(JsonElement value, string path)
    {
        Require(value, JsonValueKind.Number, path, "a number");
        return value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Bad(path, "is not a finite number.");
    }

    private static void Require(JsonElement value, JsonValueKind kind, string path, string wanted)
    {
        if (value.ValueKind != kind)
            throw Bad(path, $"is not {wanted}.");
    }

    private static ServiceProblemException Bad(string path, string detail) =>
        RequestProblems.Invalid("Filter can't be used", $"filter: {RequestProblems.Quote(path)} {detail}");
}
