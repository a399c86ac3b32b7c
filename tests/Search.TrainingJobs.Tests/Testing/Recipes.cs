namespace Search.TrainingJobs.Tests;

/// <summary>Recipes that cost next to nothing a step.</summary>
internal static class Recipes
{
    /// <summary>Ends after six steps.</summary>
    public const string Short = """{ "network": { "dimension": 8 }, "stages": [ { "steps": 6, "side": 32, "piecesPerCategory": 2, "learningRate": 1e-4, "headLearningRate": 1e-4 } ] }""";

    /// <summary>Ends after so many steps, of some 50 ms each.</summary>
    public static string Of(int steps) => Short.Replace("\"steps\": 6", $"\"steps\": {steps}", StringComparison.Ordinal);
}
