using System.Text.Json;
using Search.Contracts;

namespace Search.Indexing.Intake;

/// <summary>Reads callers' JSON without guessing: what isn't understood is refused with its name.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <exception cref="ServiceProblemException">400: not a JSON object.</exception>
    internal static JsonDocument ParseObject(ReadOnlyMemory<byte> utf8, string what)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException e)
        {
            throw Invalid($"{what} is not valid JSON: {e.Message}");
        }
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw Invalid($"{what} must be a JSON object.");
    }

    /// <exception cref="ServiceProblemException">400: not a string, or not valid Unicode.</exception>
    internal static string Text(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw Invalid($"'{name}' must be a string.");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that aren't UTF-8: neither can be stored or shown.
            throw Invalid($"'{name}' is not valid Unicode text.");
        }
    }

    /// <exception cref="ServiceProblemException">400: not valid Unicode.</exception>
    internal static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Invalid("A field's name is not valid Unicode text.");
        }
    }

    internal static ServiceProblemException Invalid(string detail) => new(ServiceProblem.InvalidRequest("Metadata can't be used", detail));
}
