using System.Text.Json.Nodes;
using Search.Testing;

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>The catalogue that ships, with its ground truth.</summary>
public static class DemoCatalogue
{
    public static string Folder => Path.Combine(Repository.Root, "demo");

    public static IReadOnlyList<JsonObject> Items { get; } = Read("catalogue.ndjson");

    /// <summary>Views that are not in the catalogue, each with the item that it shows.</summary>
    public static IReadOnlyList<(string Path, string ItemId)> Queries { get; } =
        [.. Read("queries.ndjson").Select(q => (Path.Combine(Folder, (string)q["image"]!), (string)q["itemId"]!))];

    private static IReadOnlyList<JsonObject> Read(string file) =>
        [.. File.ReadLines(Path.Combine(Folder, file)).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject())];
}
