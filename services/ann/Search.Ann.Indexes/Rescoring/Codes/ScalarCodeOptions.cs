using Search.Ann.Indexes.Metrics;
using Search.Vectors.Quantization;
using Search.Vectors.Quantization.Scalar;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>A byte a dimension: a quarter of the memory, and nearly the order of the vectors themselves.</summary>
public sealed record ScalarCodeOptions : CodeOptions
{
    /// <inheritdoc cref="ScalarQuantizerOptions.ClippedShare"/>
    public double ClippedShare { get; init; } = 0.001;

    internal override TResult Train<TResult>(TrainingSample sample, VectorMetric metric, ICodeAction<TResult> action) =>
        action.Run(new ScalarCode(ScalarQuantizer.Train(sample, metric.ForCodes(), new ScalarQuantizerOptions { ClippedShare = ClippedShare })));
}
