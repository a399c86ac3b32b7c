using Search.Testing.Vectors;
using Search.Vectors;
using Search.Vectors.Codes;
using Search.Vectors.Quantization;
using Search.Vectors.Quantization.Binary;
using Search.Vectors.Quantization.Product;
using Search.Vectors.Quantization.Scalar;

namespace Search.Benchmarks.Kernels;

/// <summary>What encoding a vector, preparing a query and scoring a code cost with each quantiser.</summary>
internal static class QuantizerCases
{
    private const int Rows = 8;

    internal static void Measure(KernelTimer timer, int dimension)
    {
        var path = VectorKernels.Path.ToString();
        var vectors = new RandomVectors(1).Clustered(1_000, dimension, 20);
        float[] flat = [.. vectors.SelectMany(vector => vector)];

        var scalar = ScalarQuantizer.Train(new TrainingSample(flat, dimension), CodeMetric.SquaredL2);
        var (code, queryCode) = (new byte[dimension], new sbyte[dimension]);
        timer.Measure("scalarEncode", "Scalar", dimension, n => PairKernelCases.Sum(n, i => scalar.Encode(vectors[i], code)));
        timer.Measure("scalarPrepare", "Scalar", dimension, n => PairKernelCases.Sum(n, i => scalar.Prepare(vectors[i], queryCode).Scale));

        var binary = BinaryQuantizer.Train(new TrainingSample(flat, dimension));
        var bits = Codes(binary.CodeLength, vectors, binary.Encode);
        timer.Measure("hamming", "Scalar", dimension, n => PairKernelCases.Sum(n, i => HammingKernel.Distance(bits[0], bits[i])));

        var product = ProductQuantizer.Train(new TrainingSample(flat, dimension), CodeMetric.SquaredL2, new ProductQuantizerOptions { Rounds = 2 });
        var codes = Codes(product.CodeLength, vectors, product.Encode);
        var tables = new float[product.TableLength];
        timer.Measure("productEncode", path, dimension, n => PairKernelCases.Sum(n, i => { product.Encode(vectors[i], codes[i]); return codes[i][0]; }));
        timer.Measure("productPrepare", path, dimension, n => PairKernelCases.Sum(n, i => { product.Prepare(vectors[i], tables); return tables[0]; }));
        timer.Measure("productScore", "Scalar", dimension, n => PairKernelCases.Sum(n, i => ProductQuantizer.Score(tables, codes[i])));
    }

    private delegate void Encode(ReadOnlySpan<float> vector, Span<byte> code);

    private static byte[][] Codes(int length, float[][] vectors, Encode encode)
    {
        var codes = new byte[Rows][];
        for (var i = 0; i < Rows; i++)
            encode(vectors[i], codes[i] = new byte[length]);
        return codes;
    }
}
