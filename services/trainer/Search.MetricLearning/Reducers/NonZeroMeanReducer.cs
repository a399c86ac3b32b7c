using static TorchSharp.torch;

namespace Search.MetricLearning.Reducers;

/// <summary>
/// The mean of those above 0 (Hermans et al., 2017, "BH≠0"). Late in training most triplets keep their margin; counting them
/// would shrink the gradient of the few that do not.
/// </summary>
public sealed class NonZeroMeanReducer : LossReducer
{
    public override string Name => "nonzero-mean";

    protected override Tensor Formula(Tensor values, Tensor counts) => values.sum() / Math.Max(1, values.gt(0).sum().item<long>());
}
