using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>One stage of a run: what it trains and what that sees.</summary>
/// <param name="Name">For progress.</param>
/// <param name="FirstBlock">Blocks below stay as they are.</param>
/// <param name="Options">Steps, sizes and rates.</param>
/// <param name="Features">Pooled features of the photos of a batch in a fresh view each, with gradients, by the step.</param>
/// <param name="Views">Pooled features of some photos in view 0 or 1, two views of each.</param>
internal sealed record TrainingStage(
    string Name, int FirstBlock, StageOptions Options, Func<IReadOnlyList<int>, int, Tensor> Features, Func<IReadOnlyList<int>, int, Tensor> Views);
