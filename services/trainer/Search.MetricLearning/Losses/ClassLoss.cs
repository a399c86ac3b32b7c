using Search.MetricLearning.Components;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// A loss with one learned vector a class: no pairs are needed, and every row is compared with all classes of the training set.
/// This base owns those vectors and checks that labels name one of them.
/// </summary>
public abstract class ClassLoss : EmbeddingLoss
{
    /// <summary>Class vectors [C, D] drawn from torch's global generator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension or number of classes below 1.</exception>
    protected ClassLoss(string name, EmbeddingShape shape) : base(name)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Dimension, 1, nameof(shape));
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Classes, 1, nameof(shape));
        using var drawn = randn(shape.Classes, shape.Dimension, dtype: shape.Type);
        // Any length would do, since only directions are compared; at unit length weight decay and step size mean the same everywhere.
        var start = nn.functional.normalize(drawn, p: 2, dim: 1, eps: 1e-12);
        Classes = new Parameter(start);
        Classes.DetachFromDisposeScope();
        register_parameter("classes", Classes);
    }

    /// <summary>[C, D], of any length: only their directions count.</summary>
    public Parameter Classes { get; }

    /// <exception cref="ArgumentException">Another dimension, or a label that is no class.</exception>
    protected sealed override Tensor Value(Tensor embeddings, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(labels);
        if (embeddings.shape[1] != Classes.shape[1])
            throw new ArgumentException($"Embeddings have {embeddings.shape[1]} components, the classes {Classes.shape[1]}.", nameof(embeddings));
        if (labels.min().item<long>() < 0 || labels.max().item<long>() >= Classes.shape[0])
            throw new ArgumentException($"Labels must be 0 to {Classes.shape[0] - 1}.", nameof(labels));
        var rows = nn.functional.normalize(embeddings, p: 2, dim: 1, eps: 1e-12);
        var classes = nn.functional.normalize(Classes, p: 2, dim: 1, eps: 1e-12);
        var target = nn.functional.one_hot(labels, Classes.shape[0]).to(ScalarType.Bool);
        return Formula(rows.matmul(classes.t()), target);
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="cosines">[N, C].</param>
    /// <param name="target">Bool [N, C]: the row belongs to the class.</param>
    protected abstract Tensor Formula(Tensor cosines, Tensor target);
}
