using static TorchSharp.torch;

namespace Search.MetricLearning.Reducers;

/// <summary>The mean.</summary>
public sealed class MeanReducer : LossReducer
{
    public override string Name => "mean";

    protected override Tensor Formula(Tensor values, Tensor counts) => values.sum() / Math.Max(1, counts.sum().item<long>());
}
