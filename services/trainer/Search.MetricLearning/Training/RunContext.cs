using Search.MetricLearning.Data;
using Search.MetricLearning.Models;

namespace Search.MetricLearning.Training;

/// <summary>What all stages of one run share.</summary>
internal sealed record RunContext(
    MobileNetV2 Network, TrainingSet Set, TrainingObjective Objective, IProgress<TrainingProgress>? Progress, CancellationToken Cancellation);
