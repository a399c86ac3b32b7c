using System.Text.Json;
using Search.Contracts.Catalogue;

namespace Search.Indexing.Catalogue;

/// <summary>Attributes as they are stored: one JSON object with its names in ordinal order.</summary>
internal static class AttributeText
{
    internal static string Write(IReadOnlyDictionary<string, AttributeValue> attributes) =>
        JsonSerializer.Serialize(new SortedDictionary<string, AttributeValue>(attributes.ToDictionary(), StringComparer.Ordinal));

    internal static IReadOnlyDictionary<string, AttributeValue> Read(string text) =>
        JsonSerializer.Deserialize<Dictionary<string, AttributeValue>>(text)!;
}
