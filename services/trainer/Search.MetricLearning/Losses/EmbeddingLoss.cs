using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// A loss over the pairs of one batch. This base checks shapes, builds the pair masks, averages over the anchors and
/// answers batches without positives; a subclass writes the formula of one anchor.
/// </summary>
public abstract class EmbeddingLoss
{
    /// <summary>
    /// Mean over the anchors that have at least one positive. A batch without any gives 0 with zero gradients, so that a
    /// step with an unlucky batch changes nothing instead of turning the weights into NaN.
    /// </summary>
    /// <param name="embeddings">Unit-length rows [N, D].</param>
    /// <param name="labels">[N], int64: two rows with one label are a positive pair.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentException">A shape or type is not as stated.</exception>
    public Tensor Compute(Tensor embeddings, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(labels);
        if (embeddings.dim() != 2)
            throw new ArgumentException($"Embeddings must be [N, D], not of {embeddings.dim()} axes.", nameof(embeddings));
        if (labels.dim() != 1 || labels.shape[0] != embeddings.shape[0] || labels.dtype != ScalarType.Int64)
            throw new ArgumentException($"Labels must be int64 [{embeddings.shape[0]}].", nameof(labels));

        using var scope = NewDisposeScope();
        var others = eye(labels.shape[0], dtype: ScalarType.Bool).logical_not();
        var positives = labels.unsqueeze(0).eq(labels.unsqueeze(1)).logical_and(others);
        var counts = positives.sum(dim: 1);
        var anchors = counts.gt(0);
        var anchorCount = anchors.sum().item<long>();
        if (anchorCount == 0)
            return (embeddings.sum() * 0).MoveToOuterDisposeScope();

        var losses = PerAnchor(embeddings.matmul(embeddings.t()), positives, others, counts.clamp(min: 1));
        // where, not a product: an anchor without positives must not leak an infinity into the sum or its gradient.
        return (where(anchors, losses, zeros_like(losses)).sum() / anchorCount).MoveToOuterDisposeScope();
    }

    /// <summary>Losses [N]; the value of an anchor without positives is ignored but must be finite.</summary>
    /// <param name="similarities">Cosines [N, N].</param>
    /// <param name="positives">Bool [N, N]: the pair shares a label and is not one row with itself.</param>
    /// <param name="others">Bool [N, N]: everything but the diagonal.</param>
    /// <param name="positiveCounts">Positives of each anchor [N], at least 1.</param>
    protected abstract Tensor PerAnchor(Tensor similarities, Tensor positives, Tensor others, Tensor positiveCounts);
}
