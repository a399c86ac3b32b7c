using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// A loss over one batch. This base checks shapes and keeps the step's tensors in a scope of their own. Parameters that a loss
/// learns are module parameters: an optimiser takes them from <c>parameters()</c>, and they are saved and loaded like a network's.
/// </summary>
public abstract class EmbeddingLoss(string name) : nn.Module(name)
{
    /// <summary>
    /// The loss, a scalar. A batch that leaves nothing to compare gives exactly 0 with zero gradients, so that a step with an
    /// unlucky batch changes nothing instead of turning the weights into NaN.
    /// </summary>
    /// <param name="embeddings">Unit-length rows [N, D].</param>
    /// <param name="labels">[N], int64: two rows with one label are a positive pair.</param>
    /// <exception cref="ArgumentException">A shape or type is not as stated.</exception>
    public Tensor Compute(Tensor embeddings, Tensor labels)
    {
        LabelledEmbeddings.Require(embeddings, labels);
        using var scope = NewDisposeScope();
        var loss = embeddings.shape[0] == 0 ? Zero(embeddings) : Value(embeddings, labels);
        return loss.MoveToOuterDisposeScope();
    }

    /// <summary>The loss of at least one row.</summary>
    protected abstract Tensor Value(Tensor embeddings, Tensor labels);

    /// <summary>0, connected to the embeddings so that a backward pass finds zero gradients.</summary>
    protected internal static Tensor Zero(Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return embeddings.sum() * 0;
    }

    /// <summary>log Σ exp over what the mask holds. Where it holds nothing the result is a large negative number, not −∞, whose gradient would be NaN.</summary>
    protected static Tensor LogSumExp(Tensor values, Tensor mask, long dimension)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(mask);
        return values.masked_fill(mask.logical_not(), -1e9).logsumexp(dimension);
    }
}
