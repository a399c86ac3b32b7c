using static TorchSharp.torch;

namespace Search.MetricLearning.Distances;

/// <summary>‖a − b‖, in [0, 2] on unit vectors. Its gradient at equal vectors, where the root has none, is 0.</summary>
public sealed class EuclideanDistance : EmbeddingDistance
{
    public override string Name => "euclidean";

    protected override Tensor Formula(Tensor rows, Tensor columns)
    {
        var squares = SquaredEuclideanDistance.Between(rows, columns, out var noise);
        // The root is taken of 1 where the square is 0: infinity times the 0 of a mask behind it would be NaN.
        return squares.masked_fill(noise, 1).sqrt().masked_fill(noise, 0);
    }
}
