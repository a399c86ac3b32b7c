using System.Text.Json;

namespace Search.Benchmarks;

/// <summary>Results are one JSON object a line on standard output, for people and scripts alike.</summary>
internal static class JsonLine
{
    internal static void Write(object result) => Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
}
