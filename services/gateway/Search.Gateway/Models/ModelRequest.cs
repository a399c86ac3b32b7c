using System.Text.Json;
using System.Text.Json.Serialization;
using Search.Contracts;
using Search.Gateway.Requests;

namespace Search.Gateway.Models;

/// <summary>What a change of models is asked with, every value checked.</summary>
/// <param name="Model">Null when none is named.</param>
/// <param name="Reason">For the history.</param>
/// <param name="Force">Go ahead although pictures are lacking, or no verdict admits the model.</param>
internal sealed record ModelRequest(EmbeddingModelId? Model, string Reason, bool Force)
{
    internal const int MaxBytes = 16 * 1024;
    private const int MaxReason = 500;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private sealed record Body(string? Model, string? Reason, bool Force);

    /// <exception cref="ServiceProblemException">400: it is no such request.</exception>
    internal static async Task<ModelRequest> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength == 0)
            return new ModelRequest(null, "", Force: false);
        Body? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<Body>(request.Body, s_json, cancellation);
        }
        catch (JsonException e)
        {
            throw RequestProblems.Invalid("Body can't be read", $"The body is a JSON object with model, reason and force, each as far as it is needed. {RequestProblems.Quote(e.Message)}");
        }
        if (body?.Reason is { Length: > MaxReason })
            throw RequestProblems.Parameter("reason", $"has {body.Reason.Length} characters; {MaxReason} are taken.");
        return new ModelRequest(body?.Model is { } model ? Id(model) : null, body?.Reason ?? "", body?.Force ?? false);
    }

    /// <exception cref="ServiceProblemException">400: it has another form.</exception>
    internal static EmbeddingModelId Id(string text)
    {
        // In a query string a plus that is not escaped arrives as a space, which no id has.
        var id = text.Replace(' ', '+');
        return EmbeddingModelId.IsValid(id)
            ? new EmbeddingModelId(id)
            : throw RequestProblems.Parameter("model", $"is {RequestProblems.Quote(text)}; a model's id reads name@version+fingerprint, as GET /v1/models lists it.");
    }

    internal EmbeddingModelId RequireModel() => Model ?? throw RequestProblems.Parameter("model", "is missing; GET /v1/models lists the ids.");
}
