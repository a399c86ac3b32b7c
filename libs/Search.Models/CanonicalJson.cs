using System.Text.Json.Nodes;

namespace Search.Models;

/// <summary>One text for equal JSON values: properties in ordinal order, no white space. Numbers stay as written.</summary>
internal static class CanonicalJson
{
    internal static string Write(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject o => "{" + string.Join(',', o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => JsonValue.Create(p.Key).ToJsonString() + ":" + Write(p.Value))) + "}",
        JsonArray a => "[" + string.Join(',', a.Select(Write)) + "]",
        _ => node.ToJsonString(),
    };
}
