using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Search.MetricLearning.Regularisers;

/// <summary>Uniformity on the sphere, Wang and Isola (2020), eq. 4: <c>log mean_{i≠j} exp(−t ‖x_i − x_j‖²)</c>, in [−4t, 0].</summary>
public sealed class UniformityRegulariser : EmbeddingRegulariser
{
    public const string RegulariserName = "uniformity";

    private readonly double _sharpness;

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public UniformityRegulariser(UniformityParameters parameters) : base(RegulariserName)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ((IComponentParameters)parameters).Require();
        _sharpness = parameters.Sharpness;
    }

    protected override Tensor Formula(Tensor embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        var n = embeddings.shape[0];
        var exponents = SquaredEuclideanDistance.Between(embeddings, embeddings, out _) * -_sharpness;
        var self = eye(n, dtype: ScalarType.Bool, device: embeddings.device);
        return exponents.masked_fill(self, -1e9).flatten().logsumexp(0) - Math.Log((double)n * (n - 1));
    }
}
