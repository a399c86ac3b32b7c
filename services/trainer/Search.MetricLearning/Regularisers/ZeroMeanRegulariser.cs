using static TorchSharp.torch;

namespace Search.MetricLearning.Regularisers;

/// <summary><c>‖1/n Σ x‖²</c>: 1 where all embeddings of the batch point one way, 0 where they cancel out and use both halves of every axis.</summary>
public sealed class ZeroMeanRegulariser() : EmbeddingRegulariser(RegulariserName)
{
    public const string RegulariserName = "zero-mean";

    protected override Tensor Formula(Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return embeddings.mean([0]).square().sum();
    }
}
