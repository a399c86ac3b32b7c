using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Training.Checkpoints;

/// <summary>A run between two steps.</summary>
/// <param name="Run">Whose it is.</param>
/// <param name="Stage">Number of the stage, from 0.</param>
/// <param name="Step">Steps of that stage that are done.</param>
/// <param name="Elapsed">Time that the run has taken so far.</param>
/// <param name="Tensors">Everything that the next step depends on and that cannot be drawn again from the seed.</param>
internal sealed record TrainingCheckpoint(RunIdentity Run, int Stage, int Step, TimeSpan Elapsed, IReadOnlyDictionary<string, WeightTensor> Tensors);
