using System.Text.Json;
using System.Text.Json.Nodes;
using Search.MetricLearning.Training;

namespace Search.Trainer.Ablation;

/// <summary>Recipes that differ in nothing but what is to be compared: <c>{"base": {...}, "variants": {"NAME": {...}, ...}}</c>, the first variant being the reference.</summary>
/// <param name="Variants">Name and whole recipe of each.</param>
internal sealed record AblationPlan(IReadOnlyList<(string Name, TrainingOptions Options)> Variants)
{
    /// <summary>What makes up the budget. A variant that had more steps or larger views would win by that.</summary>
    private static readonly string[] s_budget = ["seed", "network", "frozenBlocks", "keptViews", "top", "whole", "stages", "validation", "augmentation", "categorySizeExponent", "catalogueShare", "catalogueCategories", "catalogueTeachesCategories"];

    /// <param name="path">JSON.</param>
    /// <param name="seed">Of every variant.</param>
    /// <exception cref="TrainerException">Not such a plan; it says why, for all variants at once.</exception>
    public static AblationPlan Read(string path, int seed)
    {
        try
        {
            var plan = JsonNode.Parse(File.ReadAllText(path))?.AsObject() ?? throw new TrainerException($"The plan '{path}' is empty.");
            if (plan.Select(member => member.Key).Except(["base", "variants"]).FirstOrDefault() is { } unknown)
                throw new TrainerException($"The plan '{path}' has '{unknown}'; it may have base and variants.");
            if (plan["variants"] is not JsonObject variants || variants.Count < 2)
                throw new TrainerException($"The plan '{path}' needs at least two variants to compare.");
            var read = variants.Select(v => (v.Key, Options(plan["base"]?.AsObject(), v.Key, v.Value?.AsObject(), seed))).ToArray();
            Require(read);
            return new AblationPlan(read);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TrainerException($"The plan '{path}' cannot be read: {e.Message}");
        }
    }

    private static TrainingOptions Options(JsonObject? shared, string name, JsonObject? variant, int seed)
    {
        if (variant?.Select(member => member.Key).FirstOrDefault(key => s_budget.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } budget)
            throw new TrainerException($"The variant '{name}' changes '{budget}', which is part of the budget and belongs into base.");
        var merged = shared?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in variant ?? [])
            merged[key] = value?.DeepClone();
        return merged.Deserialize<TrainingOptions>(RecipeFile.Json)! with { Seed = seed };
    }

    private static void Require((string Name, TrainingOptions Options)[] variants)
    {
        List<string> errors = [];
        foreach (var (name, options) in variants)
            try
            {
                RecipeFile.Valid(options);
            }
            catch (TrainerException e)
            {
                errors.Add($"{name}: {e.Message}");
            }
        if (errors.Count > 0)
            throw new TrainerException(string.Join(Environment.NewLine, errors));
    }
}
