using System.Text.Json;
using System.Text.Json.Serialization;
using Search.MetricLearning.Training;

namespace Search.Trainer.Curves;

/// <summary>One line of a curve file: an optimiser step, or a measurement after one.</summary>
/// <param name="Seconds">Since the run began.</param>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Step">Of the stage, from 1.</param>
/// <param name="Steps">Of the stage.</param>
/// <param name="ImagesPerSecond">In this stage so far.</param>
/// <param name="ResidentMebibytes">Memory of the process.</param>
internal sealed record CurvePoint(double Seconds, string Stage, int Step, int Steps, double ImagesPerSecond, double ResidentMebibytes)
{
    // A run that diverges writes NaN, and must be able to.
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Null in a measurement, as are the next two.</summary>
    public double? Loss { get; init; }

    /// <summary>What the loss is the sum of.</summary>
    public IReadOnlyDictionary<string, double>? Terms { get; init; }

    public double? LearningRate { get; init; }

    /// <summary>P@1 on the photos set aside; null in a step, as is the next.</summary>
    public double? CategoryPrecision { get; init; }

    /// <summary>R@1 of shopper views on them.</summary>
    public double? ShopperRecall { get; init; }

    public static CurvePoint Of(TrainingProgress progress, double seconds) =>
        new(Math.Round(seconds, 2), progress.Stage, progress.Step, progress.Steps, Math.Round(progress.ImagesPerSecond, 2), Math.Round(Environment.WorkingSet / 1048576.0, 1))
        {
            Loss = progress.Loss,
            Terms = progress.Terms.Count == 0 ? null : Named(progress.Terms),
            LearningRate = progress.LearningRate,
            CategoryPrecision = progress.Validation?.CategoryPrecision,
            ShopperRecall = progress.Validation?.ShopperRecall,
        };

    /// <summary>The point of a line; null if it is none, e.g. because a kill cut it off.</summary>
    public static CurvePoint? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CurvePoint>(line, s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string ToLine() => JsonSerializer.Serialize(this, s_json);

    /// <summary>A recipe may have one loss twice, e.g. with two miners.</summary>
    private static Dictionary<string, double> Named(IReadOnlyList<TermLoss> terms)
    {
        var named = new Dictionary<string, double>();
        for (var i = 0; i < terms.Count; i++)
            named.Add(named.ContainsKey(terms[i].Name) ? $"{terms[i].Name} ({i + 1})" : terms[i].Name, terms[i].Value);
        return named;
    }
}
