using static TorchSharp.torch;

namespace Search.MetricLearning.Regularisers;

/// <summary>
/// Covariance term of VICReg, Bardes, Ponce and LeCun (2022), eq. 4: the squared off-diagonal entries of the batch's covariance, summed
/// and divided by the dimension. Axes that say the same waste the 128 there are.
/// </summary>
public sealed class CovarianceRegulariser() : EmbeddingRegulariser(RegulariserName)
{
    public const string RegulariserName = "covariance";

    protected override Tensor Formula(Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        var centred = embeddings - embeddings.mean([0]);
        var covariance = centred.t().matmul(centred) / (embeddings.shape[0] - 1);
        var diagonal = eye(embeddings.shape[1], dtype: ScalarType.Bool, device: embeddings.device);
        return covariance.masked_fill(diagonal, 0).square().sum() / embeddings.shape[1];
    }
}
