using System.Text.Json;
using System.Text.Json.Serialization;
using Search.MetricLearning.Training;
using Search.Trainer.HardNegatives;

namespace Search.Trainer;

/// <summary>Recipes as JSON.</summary>
internal static class RecipeFile
{
    /// <summary>A misspelt option must not train for half an hour with the default.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <param name="path">The recipe; null takes the defaults.</param>
    /// <param name="seed">Counts, whatever the recipe says.</param>
    /// <exception cref="TrainerException">It cannot be read, which says where; or it cannot be trained by, which says everything that is wrong.</exception>
    public static TrainingOptions Read(string? path, int seed)
    {
        if (path is null)
            return new TrainingOptions { Seed = seed };
        try
        {
            var options = JsonSerializer.Deserialize<TrainingOptions>(File.ReadAllText(path), Json);
            return Valid((options ?? throw new TrainerException($"The recipe '{path}' is empty.")) with { Seed = seed });
        }
        catch (JsonException e)
        {
            throw new TrainerException($"The recipe '{path}' cannot be read: {e.Message}");
        }
    }

    /// <exception cref="TrainerException">It cannot be trained by, which says everything that is wrong.</exception>
    public static TrainingOptions Valid(TrainingOptions options)
    {
        List<string> errors = [];
        try
        {
            options.Validate();
        }
        catch (ArgumentException e)
        {
            errors.Add(e.Message);
        }
        // Known here alone: the options know nothing of the indexes that there are.
        if (options.HardNegatives is { } hard && !MiningIndexes.Catalogue.Names.Contains(hard.Index))
            errors.Add($"hardNegatives.index is '{hard.Index}'; there are {string.Join(", ", MiningIndexes.Catalogue.Names)}.");
        return errors.Count == 0 ? options : throw new TrainerException(string.Join(" ", errors));
    }
}
