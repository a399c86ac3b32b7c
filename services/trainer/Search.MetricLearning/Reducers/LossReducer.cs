using Search.MetricLearning.Components;
using static TorchSharp.torch;

namespace Search.MetricLearning.Reducers;

/// <summary>How the losses of many anchors, pairs or triplets become one. Nothing to reduce is exactly 0, with zero gradients.</summary>
public abstract class LossReducer : INamed
{
    public abstract string Name { get; }

    /// <param name="values">Any shape, finite everywhere.</param>
    /// <param name="counts">Bool of the same shape: which of them exist.</param>
    /// <returns>A scalar.</returns>
    public Tensor Reduce(Tensor values, Tensor counts)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(counts);
        using var scope = NewDisposeScope();
        // where, not a product: an element that does not exist must not leak an infinity into the sum or its gradient.
        return Formula(where(counts, values, zeros_like(values)), counts).MoveToOuterDisposeScope();
    }

    /// <param name="values">Those that do not exist are 0.</param>
    protected abstract Tensor Formula(Tensor values, Tensor counts);
}
