using Search.MetricLearning.Training.Validation;

namespace Search.MetricLearning.Training;

/// <summary>Where a run is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Step">Steps done in this stage.</param>
/// <param name="Steps">Steps of this stage.</param>
/// <param name="Loss">Loss of this step; null where nothing is optimised.</param>
/// <param name="ImagesPerSecond">Rate in this stage so far.</param>
/// <param name="Remaining">Time left in this stage at that rate.</param>
public sealed record TrainingProgress(string Stage, int Step, int Steps, double? Loss, double ImagesPerSecond, TimeSpan Remaining)
{
    /// <summary>What the loss is the sum of, in the order of the recipe; empty where nothing is optimised.</summary>
    public IReadOnlyList<TermLoss> Terms { get; init; } = [];

    /// <summary>Of the top convolutions in this step; null where nothing is optimised.</summary>
    public double? LearningRate { get; init; }

    /// <summary>What a measurement after this step found; null where there was none. The step itself was reported before.</summary>
    public ValidationScore? Validation { get; init; }
}
