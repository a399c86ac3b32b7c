using System.Text.Json;
using System.Text.Json.Serialization;

namespace Search.MetricLearning.Components;

/// <summary>A recipe's choice of one component: its name, and beside it the parameters of that component which differ from its defaults.</summary>
public record ComponentOptions
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public string Name { get; init; } = "";

    /// <summary>Everything else that stands beside the name, e.g. <c>margin</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Parameters { get; init; }

    /// <summary>The parameters as their own type; what is misspelt, of another type or out of range is added to <paramref name="errors"/>.</summary>
    internal T? Read<T>(List<string> errors)
        where T : class, IComponentParameters, new()
    {
        T? parameters;
        try
        {
            parameters = JsonSerializer.SerializeToElement(Parameters ?? new Dictionary<string, JsonElement>()).Deserialize<T>(s_json);
        }
        catch (JsonException e)
        {
            errors.Add(e.Message);
            return null;
        }
        errors.AddRange(parameters!.Errors());
        return parameters;
    }
}
