using Search.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Search.MetricLearning.Regularisers;

/// <summary>
/// KoLeo, Sablayrolles et al. (2019), eq. 3: <c>−1/n Σ log min_{j≠i} ‖x_i − x_j‖</c>, the Kozachenko-Leonenko estimate of entropy. It moves
/// each embedding away from its nearest neighbour alone. Equal embeddings count as 10⁻⁸ apart and are not moved: there is no direction.
/// </summary>
public sealed class KoLeoRegulariser() : EmbeddingRegulariser(RegulariserName)
{
    public const string RegulariserName = "koleo";

    protected override Tensor Formula(Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        var distances = new EuclideanDistance().Between(embeddings, embeddings);
        var self = eye(embeddings.shape[0], dtype: ScalarType.Bool, device: embeddings.device);
        return -(distances.masked_fill(self, 1e9).amin([1]) + 1e-8).log().mean();
    }
}
