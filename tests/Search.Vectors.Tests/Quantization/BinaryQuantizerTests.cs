using System.Collections;
using Search.Testing.Vectors;
using Search.Vectors.Codes;
using Search.Vectors.Quantization;
using Search.Vectors.Quantization.Binary;

namespace Search.Vectors.Tests.Quantization;

public sealed class BinaryQuantizerTests
{
    [Fact]
    public void HammingDistance_AtEveryLength_CountsTheDifferingBits()
    {
        var random = new Random(1);
        foreach (var length in (int[])[.. Enumerable.Range(0, 70), 512])
        {
            var (a, b) = (new byte[length], new byte[length]);
            random.NextBytes(a);
            random.NextBytes(b);
            Assert.Equal(new BitArray(a).Xor(new BitArray(b)).Cast<bool>().Count(bit => bit), HammingKernel.Distance(a, b));
        }
        Assert.Throws<ArgumentException>(() => HammingKernel.Distance(new byte[8], new byte[9]));
    }

    [Fact]
    public void Score_AtEveryDimension_CountsComponentsOnDifferentSidesOfTheMean()
    {
        for (var dimension = 1; dimension <= 200; dimension++)
        {
            var random = new RandomVectors(dimension);
            var sample = Enumerable.Range(0, 9).Select(_ => random.Gaussian(dimension)).ToArray();
            var quantizer = Train(sample);
            var mean = Enumerable.Range(0, dimension).Select(d => sample.Average(vector => (double)vector[d])).ToArray();
            var (a, b) = (new byte[quantizer.CodeLength], new byte[quantizer.CodeLength]);
            quantizer.Encode(sample[0], a);
            quantizer.Encode(sample[1], b);
            Assert.Equal(-Enumerable.Range(0, dimension).Count(d => sample[0][d] > mean[d] != sample[1][d] > mean[d]), BinaryQuantizer.Score(a, b));
            Assert.Equal(0, BinaryQuantizer.Score(a, a));
        }
    }

    [Fact]
    public void Score_OfGaussianVectors_EstimatesTheAngle()
    {
        const int Dimension = 4096;
        var random = new RandomVectors(3);
        var quantizer = Train([new float[Dimension]]);
        var (a, b) = (new byte[quantizer.CodeLength], new byte[quantizer.CodeLength]);
        for (var share = 0.0; share <= 1; share += 0.1)
        {
            var x = random.Gaussian(Dimension);
            var y = x.Zip(random.Gaussian(Dimension), (own, other) => (float)((1 - share) * own + share * other)).ToArray();
            quantizer.Encode(x, a);
            quantizer.Encode(y, b);
            var angle = Math.Acos(Math.Clamp(VectorKernels.Dot(x, y) / Math.Sqrt(VectorKernels.SquaredNorm(x) * VectorKernels.SquaredNorm(y)), -1, 1));
            // Four standard deviations of a share counted over 4096 bits.
            Assert.Equal(angle / Math.PI, -BinaryQuantizer.Score(a, b) / (double)Dimension, 4 * Math.Sqrt(0.25 / Dimension));
        }
    }

    [Fact]
    public void BadInput_IsAnArgumentError()
    {
        var quantizer = Train([[1f, 2f]]);
        Assert.Equal(8, quantizer.CodeLength);
        Assert.Throws<ArgumentException>(() => quantizer.Encode(new float[3], new byte[8]));
        Assert.Throws<ArgumentException>(() => quantizer.Encode(new float[2], new byte[1]));
        Assert.Throws<ArgumentException>(() => quantizer.Encode([0, float.NaN], new byte[8]));
    }

    [Fact]
    public void Decode_OfACode_LiesOnTheSidesThatItTells()
    {
        var vectors = new RandomVectors(10).Clustered(200, 70, 4);
        var quantizer = Train(vectors);
        var (code, again, decoded) = (new byte[quantizer.CodeLength], new byte[quantizer.CodeLength], new float[70]);
        double error = 0, fromZero = 0;
        foreach (var vector in vectors)
        {
            quantizer.Encode(vector, code);
            quantizer.Decode(code, decoded);
            quantizer.Encode(decoded, again);
            Assert.Equal(code, again);
            error += vector.Zip(decoded, (a, b) => (a - b) * (a - b)).Sum();
            fromZero += vector.Sum(a => a * a);
        }
        // Of a normal distribution a sign keeps 2/π of the variance.
        Assert.InRange(error / fromZero, 0.2, 0.5);
        Assert.Throws<ArgumentException>(() => quantizer.Decode(code, new float[71]));
    }

    [Fact]
    public void Load_OfASavedQuantizer_EncodesTheSame()
    {
        var vectors = new RandomVectors(9).Clustered(60, 77, 4);
        var quantizer = Train(vectors);
        using var file = new MemoryStream();
        quantizer.Save(file);
        file.Position = 0;
        var loaded = BinaryQuantizer.Load(file);
        var (expected, actual) = (new byte[quantizer.CodeLength], new byte[loaded.CodeLength]);
        foreach (var vector in vectors)
        {
            quantizer.Encode(vector, expected);
            loaded.Encode(vector, actual);
            Assert.Equal(expected, actual);
        }
        DamagedFiles.AreRefused(file.ToArray(), stream => BinaryQuantizer.Load(stream));
    }

    private static BinaryQuantizer Train(float[][] vectors) =>
        BinaryQuantizer.Train(new TrainingSample(QuantizerSamples.Flat(vectors), vectors[0].Length));
}
