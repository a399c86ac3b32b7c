using static TorchSharp.torch;

namespace Search.MetricLearning.Distances;

/// <summary>‖a − b‖². On unit vectors it is 2 − 2 cos and lies in [0, 4].</summary>
public sealed class SquaredEuclideanDistance : EmbeddingDistance
{
    public override string Name => "squared-euclidean";

    protected override Tensor Formula(Tensor rows, Tensor columns) => Between(rows, columns, out _);

    /// <summary>‖a‖² + ‖b‖² − 2ab: one matrix product instead of N·M·D differences, which a memory of thousands of embeddings could not hold.</summary>
    /// <param name="noise">Where the result is within rounding of 0: those two are equal as far as the formula can tell.</param>
    internal static Tensor Between(Tensor rows, Tensor columns, out Tensor noise)
    {
        var lengths = rows.square().sum(1, keepdim: true) + columns.square().sum(1).unsqueeze(0);
        var squares = lengths - 2 * rows.matmul(columns.t());
        noise = squares.le(lengths * (rows.dtype == ScalarType.Float64 ? 1e-15 : 5e-7));
        // Rounding may leave a little less than nothing.
        return squares.clamp(min: 0);
    }
}
