using Search.Vectors.Quantization;
using Search.Vectors.Quantization.Binary;

namespace Search.Ann.Indexes.Rescoring.Codes;

/// <summary>A bit a dimension: a thirty-second of the memory and the fastest scan; takes many candidates. For direction and distance: an inner product with vectors of different length it does not see.</summary>
public sealed record BinaryCodeOptions : CodeOptions
{
    internal override TResult Train<TResult>(TrainingSample sample, VectorMetric metric, ICodeAction<TResult> action) =>
        action.Run(new BinaryCode(BinaryQuantizer.Train(sample)));
}
