using static TorchSharp.torch;

namespace Search.MetricLearning.Distances;

/// <summary>1 − cos of the angle, in [0, 2], whatever the lengths; a zero vector is at 1 from everything.</summary>
public sealed class CosineDistance : EmbeddingDistance
{
    public override string Name => "cosine";

    protected override Tensor Formula(Tensor rows, Tensor columns) =>
        1 - nn.functional.normalize(rows, p: 2, dim: 1, eps: 1e-12).matmul(nn.functional.normalize(columns, p: 2, dim: 1, eps: 1e-12).t());
}
