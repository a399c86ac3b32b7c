using static TorchSharp.torch;

namespace Search.MetricLearning.Reducers;

/// <summary>The sum. Grows with the batch, so the learning rate must be chosen for its size.</summary>
public sealed class SumReducer : LossReducer
{
    public override string Name => "sum";

    protected override Tensor Formula(Tensor values, Tensor counts) => values.sum();
}
