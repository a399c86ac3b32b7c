using Search.Ann.Indexes.Metrics;
using Search.Vectors.Quantization;
using Search.Vectors.Quantization.Product;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>A byte for a few dimensions: the best order for the bytes, slower to train.</summary>
public sealed record ProductCodeOptions : CodeOptions
{
    /// <inheritdoc cref="ProductQuantizerOptions.SubSpaces"/>
    public int SubSpaces { get; init; }

    internal override TResult Train<TResult>(TrainingSample sample, VectorMetric metric, ICodeAction<TResult> action) =>
        action.Run(new ProductCode(ProductQuantizer.Train(sample, metric.ForCodes(), new ProductQuantizerOptions { SubSpaces = SubSpaces })));
}
