using static TorchSharp.torch;

namespace Search.MetricLearning.Training;

/// <summary>One stage of a run: what it trains and what that sees.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Name">For progress.</param>
/// <param name="FirstBlock">Blocks below stay as they are.</param>
/// <param name="Options">Steps, sizes and rates.</param>
/// <param name="Features">Pooled features of the photos of a batch in a fresh view each, with gradients, by the step.</param>
/// <param name="Skip">Draws what <see cref="Features"/> would draw for a batch, and nothing else.</param>
/// <param name="Views">Pooled features of some photos in view 0 or 1, two views of each.</param>
internal sealed record TrainingStage(
    int Number, string Name, int FirstBlock, StageOptions Options,
    Func<IReadOnlyList<int>, int, Tensor> Features, Action<IReadOnlyList<int>> Skip, Func<IReadOnlyList<int>, int, Tensor> Views);
