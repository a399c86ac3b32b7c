using static TorchSharp.torch;

namespace Search.MetricLearning.Pairs;

/// <summary>Embeddings [N, D] with their labels [N], int64.</summary>
public sealed record LabelledEmbeddings(Tensor Embeddings, Tensor Labels)
{
    /// <exception cref="ArgumentException">A shape or type is not as stated.</exception>
    internal static void Require(Tensor embeddings, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(labels);
        if (embeddings.dim() != 2)
            throw new ArgumentException($"Embeddings must be [N, D], not of {embeddings.dim()} axes.", nameof(embeddings));
        if (labels.dim() != 1 || labels.shape[0] != embeddings.shape[0] || labels.dtype != ScalarType.Int64)
            throw new ArgumentException($"Labels must be int64 [{embeddings.shape[0]}].", nameof(labels));
    }
}
