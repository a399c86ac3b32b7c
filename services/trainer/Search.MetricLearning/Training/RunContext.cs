using Search.MetricLearning.Data;
using Search.MetricLearning.Models;
using Search.MetricLearning.Training.Checkpoints;
using Search.MetricLearning.Training.Validation;
using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Training;

/// <summary>What all stages of one run share.</summary>
internal sealed record RunContext(
    MobileNetV2 Network, TrainingSet Set, TrainingObjective Objective, IProgress<TrainingProgress>? Progress, CancellationToken Cancellation)
{
    public MiningHistory Mined { get; } = new();

    /// <summary>Null where the run is not measured.</summary>
    public ValidationPhotos? Validation { get; init; }

    /// <summary>Null where the run is not saved.</summary>
    public CheckpointKeeper? Keeper { get; init; }

    /// <summary>Where the run goes on; null for the beginning.</summary>
    public TrainingCheckpoint? From { get; init; }

    /// <summary>Time that the run has taken, its earlier parts up to their last checkpoint too.</summary>
    public required Func<TimeSpan> Elapsed { get; init; }

    /// <summary>What the checkpoint holds beyond a stage of its own.</summary>
    public void Restore(TrainingCheckpoint checkpoint)
    {
        Network.Load(checkpoint.Tensors.Under("network."));
        Objective.Load(checkpoint.Tensors.Under("objective."));
        Mined.Load(checkpoint.Tensors.Under("mined."), Set.Count);
    }

    /// <param name="stage">Number of the stage that is next.</param>
    /// <param name="step">Its steps that are done.</param>
    /// <param name="inStage">What that stage needs to go on after them.</param>
    public void Save(int stage, int step, IReadOnlyDictionary<string, WeightTensor> inStage)
    {
        if (Keeper is null)
            return;
        var tensors = new Dictionary<string, WeightTensor>();
        tensors.AddUnder("network.", Network.Save());
        tensors.AddUnder("objective.", Objective.Save());
        tensors.AddUnder("mined.", Mined.Save());
        tensors.AddUnder("stage.", inStage);
        Keeper.Write(stage, step, Elapsed(), tensors);
    }
}
