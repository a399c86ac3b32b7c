using System.Text.Json;
using System.Text.Json.Serialization;
using Search.Contracts;
using Search.Contracts.Messages;

namespace Search.TrainingJobs.Http;

/// <summary>Body of POST /v1/training-jobs.</summary>
internal sealed record StartBody
{
    // A misspelt member must not train for an hour with its default.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public string? Name { get; init; }

    public string? Version { get; init; }

    public string? Photos { get; init; }

    public string? Catalogue { get; init; }

    public string? JudgingCatalogue { get; init; }

    public string? StartFrom { get; init; }

    public int? Seed { get; init; }

    public JsonElement? Recipe { get; init; }

    public bool Candidate { get; init; }

    public string? Note { get; init; }

    /// <exception cref="ServiceProblemException">400: it is no such body.</exception>
    public static async Task<StartTrainingJob> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<StartBody>(request.Body, s_json, cancellation);
            return (body ?? new StartBody()).ToMessage();
        }
        catch (JsonException e)
        {
            throw new ServiceProblemException(ServiceProblem.InvalidRequest(
                "Body can't be read", $"The body is a JSON object with name, photos and, as far as they are needed, version, catalogue, judgingCatalogue, startFrom, seed, recipe, candidate and note. {e.Message}"));
        }
    }

    /// <summary>What is missing is empty, and refused with everything else that is wrong.</summary>
    private StartTrainingJob ToMessage() => new()
    {
        Name = Name ?? "",
        Version = Version,
        Photos = Photos ?? "",
        Catalogue = Catalogue,
        JudgingCatalogue = JudgingCatalogue,
        StartFrom = StartFrom,
        Seed = Seed ?? 1,
        Recipe = Recipe is { ValueKind: not JsonValueKind.Null } recipe ? recipe.GetRawText() : null,
        Candidate = Candidate,
        Note = Note ?? "",
    };
}
