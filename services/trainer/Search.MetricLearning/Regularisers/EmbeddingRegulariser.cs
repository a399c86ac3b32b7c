using Search.MetricLearning.Components;
using Search.MetricLearning.Losses;
using static TorchSharp.torch;

namespace Search.MetricLearning.Regularisers;

/// <summary>
/// A term over the embeddings of a batch that needs no labels: how they are spread, not which belong together. The network's embeddings
/// have unit length, so terms on their norm would do nothing and are not here. This base checks shapes and answers batches of fewer than two rows with 0.
/// </summary>
public abstract class EmbeddingRegulariser(string name) : INamed
{
    public string Name { get; } = name;

    /// <summary>The term, a scalar to be made small.</summary>
    /// <param name="embeddings">Unit-length rows [N, D].</param>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public Tensor Compute(Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        if (embeddings.dim() != 2)
            throw new ArgumentException($"Embeddings must be [N, D], not of {embeddings.dim()} axes.", nameof(embeddings));
        using var scope = NewDisposeScope();
        return (embeddings.shape[0] < 2 ? EmbeddingLoss.Zero(embeddings) : Formula(embeddings)).MoveToOuterDisposeScope();
    }

    /// <summary>The term of at least two rows.</summary>
    protected abstract Tensor Formula(Tensor embeddings);
}
