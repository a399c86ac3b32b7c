using System.Text.Json;
using System.Text.Json.Serialization;

namespace Search.Contracts.Training;

/// <summary>What a supervised training run tells the program that started it, a JSON object a line; exactly one member is there.</summary>
public sealed record TrainingRunLine
{
    // A run that diverges has a loss of NaN, and must be able to say so.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Where the run is.</summary>
    public TrainingRunProgress? Progress { get; init; }

    /// <summary>What a measurement on photos set aside found.</summary>
    public TrainingRunScore? Score { get; init; }

    /// <summary>Id of the model, whose folder is complete. The last line.</summary>
    public string? Published { get; init; }

    /// <summary>Why the run can't go on. The last line.</summary>
    public TrainingRunFailure? Failed { get; init; }

    public string ToText() => JsonSerializer.Serialize(this, s_json);

    /// <returns>Null for a line that is none, e.g. one that a kill cut off.</returns>
    public static TrainingRunLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingRunLine>(text, s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <param name="Stage">What is being done.</param>
/// <param name="Step">Steps of the stage that are done.</param>
/// <param name="Steps">Steps of the stage.</param>
/// <param name="Loss">Of this step; null where nothing is optimised.</param>
/// <param name="ImagesPerSecond">In this stage so far.</param>
/// <param name="RemainingSeconds">Of this stage, at that rate.</param>
public sealed record TrainingRunProgress(string Stage, int Step, int Steps, double? Loss, double ImagesPerSecond, double RemainingSeconds);

/// <param name="Stage">The stage that it was measured in.</param>
/// <param name="Step">After this step.</param>
/// <param name="CategoryPrecision">P@1 of the category, 0 to 1.</param>
/// <param name="ShopperRecall">R@1 of shopper views, 0 to 1.</param>
public sealed record TrainingRunScore(string Stage, int Step, double CategoryPrecision, double ShopperRecall);

/// <param name="Reason">For people: what is wrong and what to do.</param>
/// <param name="CheckpointRefused">The run can't go on from its checkpoint, e.g. after an update, but might from its beginning.</param>
public sealed record TrainingRunFailure(string Reason, bool CheckpointRefused = false);
