using System.Text.Json;
using System.Text.Json.Serialization;
using Search.MetricLearning.Training;

namespace Search.Trainer;

/// <summary>Recipes as JSON.</summary>
internal static class RecipeFile
{
    /// <summary>A misspelt option must not train for half an hour with the default.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <param name="path">The recipe; null takes the defaults.</param>
    /// <param name="seed">Counts, whatever the recipe says.</param>
    /// <exception cref="TrainerException">It cannot be read; it says where.</exception>
    public static TrainingOptions Read(string? path, int seed)
    {
        if (path is null)
            return new TrainingOptions { Seed = seed };
        try
        {
            var options = JsonSerializer.Deserialize<TrainingOptions>(File.ReadAllText(path), Json);
            return (options ?? throw new TrainerException($"The recipe '{path}' is empty.")) with { Seed = seed };
        }
        catch (JsonException e)
        {
            throw new TrainerException($"The recipe '{path}' cannot be read: {e.Message}");
        }
    }
}
