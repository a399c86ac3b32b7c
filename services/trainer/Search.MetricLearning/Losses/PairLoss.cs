using Search.MetricLearning.Pairs;
using Search.MetricLearning.Reducers;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// A loss over pairs: it can take further references from a memory, and only the pairs a miner chose. This base answers batches
/// without positives and reduces; a subclass writes the formula of one anchor or pair.
/// </summary>
public abstract class PairLoss(string name, LossReducer reducer) : EmbeddingLoss(name)
{
    /// <summary>
    /// Whether an anchor without negatives is left out. Most losses then have nothing to push away, and would only draw everything
    /// to one point.
    /// </summary>
    public virtual bool NeedsNegatives => true;

    /// <summary>The loss of the pairs that count in a batch, a scalar; 0 with zero gradients where there are none.</summary>
    public Tensor Compute(PairBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var anchors = batch.Positives.any(1);
        if (NeedsNegatives)
            anchors = anchors.logical_and(batch.Negatives.any(1));
        var loss = anchors.any().item<bool>() ? Formula(batch, anchors) : Zero(batch.Embeddings);
        return loss.MoveToOuterDisposeScope();
    }

    protected sealed override Tensor Value(Tensor embeddings, Tensor labels) => Compute(PairBatch.Create(embeddings, labels));

    /// <summary>The reduced loss.</summary>
    /// <param name="anchors">Bool [N]: the anchor has what it needs; at least one has.</param>
    protected abstract Tensor Formula(PairBatch batch, Tensor anchors);

    /// <summary>Reduces values that may be anything finite where <paramref name="counts"/> says they do not exist.</summary>
    protected Tensor Reduce(Tensor values, Tensor counts) => reducer.Reduce(values, counts);

    /// <summary>Numbers of pairs of each anchor [N], at least 1 so that one may divide by them.</summary>
    protected static Tensor CountsOf(Tensor pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return pairs.sum(dim: 1).clamp(min: 1);
    }
}
