using System.Runtime.Intrinsics;
using CsCheck;
using Search.Testing.Vectors;
using Search.Vectors.Quantization;
using Search.Vectors.Quantization.Product;
using Search.Vectors.Simd;

namespace Search.Vectors.Tests.Quantization;

public sealed class ProductQuantizerTests
{
    private static readonly ProductQuantizerOptions _fewRounds = new() { Rounds = 3 };

    [Fact]
    public void Score_OfAnyPair_IsTheExactScoreOfTheDecodedVector() => QuantizerSamples.Any.Sample(
        data =>
        {
            var vectors = data.Vectors(40);
            var quantizer = Train(vectors[..30], data.Metric, new ProductQuantizerOptions { SubSpaces = 1 + data.Seed % data.Dimension, Rounds = 2 });
            var (code, decoded, tables) = (new byte[quantizer.CodeLength], new float[data.Dimension], new float[quantizer.TableLength]);
            foreach (var query in vectors[35..])
            {
                quantizer.Prepare(query, tables);
                var seen = QuantizerSamples.Seen(query, data.Metric);
                foreach (var vector in vectors[25..])
                {
                    quantizer.Encode(vector, code);
                    quantizer.Decode(code, decoded);
                    var rounding = 1e-5 * (decoded.Select((x, i) => Math.Abs((double)x * seen[i]) + ((double)x - seen[i]) * ((double)x - seen[i])).Sum() + 1e-30);
                    Assert.Equal(QuantizerSamples.Score(seen, decoded, data.Metric), ProductQuantizer.Score(tables, code), rounding);
                }
            }
        },
        seed: "0000000000021",
        iter: 60);

    [Fact]
    public void Encode_OfAnyVector_TakesTheNearestCentroids()
    {
        var vectors = new RandomVectors(1).Clustered(400, 13, 20);
        var quantizer = Train(vectors, CodeMetric.SquaredL2, new ProductQuantizerOptions { SubSpaces = 3, Rounds = 3 });
        var (code, other, decoded) = (new byte[3], new byte[3], new float[13]);
        foreach (var vector in vectors.Take(20))
        {
            quantizer.Encode(vector, code);
            quantizer.Decode(code, decoded);
            var error = ScalarKernels.SquaredL2(vector, decoded);
            for (var s = 0; s < 3; s++)
            {
                for (var centroid = 0; centroid < 256; centroid++)
                {
                    code.CopyTo(other, 0);
                    other[s] = (byte)centroid;
                    quantizer.Decode(other, decoded);
                    Assert.True(ScalarKernels.SquaredL2(vector, decoded) >= error * 0.9999f);
                }
            }
        }
    }

    [Fact]
    public void Train_WithMoreRoundsOrMoreSubSpaces_LowersTheError()
    {
        var vectors = new RandomVectors(2).Clustered(1_500, 16, 30);
        var start = Error(new ProductQuantizerOptions { SubSpaces = 2, Rounds = 1 });
        var trained = Error(new ProductQuantizerOptions { SubSpaces = 2, Rounds = 12 });
        var finer = Error(new ProductQuantizerOptions { SubSpaces = 8, Rounds = 12 });
        Assert.True(trained < 0.95 * start, $"{trained} after 12 rounds, {start} after one");
        Assert.True(finer < 0.5 * trained, $"{finer} with 8 sub-spaces, {trained} with 2");

        double Error(ProductQuantizerOptions options)
        {
            var quantizer = Train(vectors, CodeMetric.SquaredL2, options);
            var (code, decoded) = (new byte[quantizer.CodeLength], new float[16]);
            return vectors.Sum(vector =>
            {
                quantizer.Encode(vector, code);
                quantizer.Decode(code, decoded);
                return (double)ScalarKernels.SquaredL2(vector, decoded);
            });
        }
    }

    [Fact]
    public void Train_OfFewerVectorsThanCentroids_GivesThemBack()
    {
        var vectors = new RandomVectors(3).Clustered(200, 24, 7);
        vectors[5] = vectors[6] = vectors[7];
        var quantizer = Train(vectors, CodeMetric.SquaredL2, _fewRounds);
        Assert.Equal(3, quantizer.CodeLength);
        var (code, decoded) = (new byte[3], new float[24]);
        foreach (var vector in vectors)
        {
            quantizer.Encode(vector, code);
            quantizer.Decode(code, decoded);
            Assert.Equal(0, ScalarKernels.SquaredL2(vector, decoded), 1e-10f);
        }
    }

    [Fact]
    public void Train_OfEqualVectors_GivesThemBack()
    {
        var quantizer = Train([.. Enumerable.Repeat(new float[] { 1, 2, 3 }, 300)], CodeMetric.InnerProduct, _fewRounds);
        var (code, decoded) = (new byte[1], new float[3]);
        quantizer.Encode([1, 2, 3], code);
        quantizer.Decode(code, decoded);
        Assert.Equal([1f, 2f, 3f], decoded);
    }

    [Fact]
    public void Train_TwiceWithOneSeed_GivesTheSameBytes_AndAnotherSeedOthers()
    {
        var vectors = new RandomVectors(4).Clustered(600, 20, 10);
        Assert.Equal(Saved(1), Saved(1));
        Assert.NotEqual(Saved(1), Saved(2));

        byte[] Saved(int seed)
        {
            using var file = new MemoryStream();
            Train(vectors, CodeMetric.Cosine, new ProductQuantizerOptions { Seed = seed, Rounds = 3 }).Save(file);
            return file.ToArray();
        }
    }

    [Fact]
    public void Load_OfASavedQuantizer_EncodesTheSame()
    {
        var vectors = new RandomVectors(5).Clustered(300, 11, 4);
        var quantizer = Train(vectors, CodeMetric.Cosine, new ProductQuantizerOptions { SubSpaces = 4, Rounds = 2 });
        using var file = new MemoryStream();
        quantizer.Save(file);
        file.Position = 0;
        var loaded = ProductQuantizer.Load(file);
        Assert.Equal((CodeMetric.Cosine, 11, 4), (loaded.Metric, loaded.Dimension, loaded.CodeLength));
        var (expected, actual) = (new byte[4], new byte[4]);
        foreach (var vector in vectors)
        {
            quantizer.Encode(vector, expected);
            loaded.Encode(vector, actual);
            Assert.Equal(expected, actual);
        }
        DamagedFiles.AreRefused(file.ToArray(), stream => ProductQuantizer.Load(stream));
    }

    [Fact]
    public void CentroidKernels_AtEveryLengthAndWidth_EqualTheScalarTwin()
    {
        foreach (var length in (int[])[1, 2, 3, 4, 8, 17, 100])
        {
            var (vector, centroids) = (new RandomVectors(6).Gaussian(length), new RandomVectors(7).Gaussian(length * 256));
            var (distances, products, actual) = (new float[256], new float[256], new float[256]);
            ScalarCentroidKernels.SquaredL2(vector, centroids, distances);
            ScalarCentroidKernels.Dot(vector, centroids, products);
            CentroidKernels.SquaredL2(vector, centroids, actual);
            RequireClose(distances);
            CentroidKernels.Dot(vector, centroids, actual);
            RequireClose(products);
            CentroidKernels.Score<Vector128<float>, Lanes128, SquaredL2Step<Vector128<float>, Lanes128>>(vector, centroids, actual);
            RequireClose(distances);
            CentroidKernels.Score<Vector256<float>, Lanes256, SquaredL2Step<Vector256<float>, Lanes256>>(vector, centroids, actual);
            RequireClose(distances);
            CentroidKernels.Score<Vector512<float>, Lanes512, SquaredL2Step<Vector512<float>, Lanes512>>(vector, centroids, actual);
            RequireClose(distances);

            void RequireClose(float[] expected)
            {
                for (var i = 0; i < expected.Length; i++)
                    Assert.Equal(expected[i], actual[i], 1e-5f * length);
            }
        }
    }

    [Fact]
    public void BadInput_IsAnArgumentError()
    {
        float[][] vectors = [[1f, 2f], [3f, 4f]];
        Assert.Throws<ArgumentOutOfRangeException>(() => Train(vectors, CodeMetric.Cosine, new ProductQuantizerOptions { SubSpaces = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Train(vectors, CodeMetric.Cosine, new ProductQuantizerOptions { Rounds = 0 }));
        var quantizer = Train(vectors, CodeMetric.Cosine, _fewRounds);
        Assert.Throws<ArgumentException>(() => quantizer.Encode(new float[3], new byte[1]));
        Assert.Throws<ArgumentException>(() => quantizer.Encode([1, float.NaN], new byte[1]));
        Assert.Throws<ArgumentException>(() => quantizer.Prepare(new float[2], new float[255]));
        Assert.Throws<ArgumentException>(() => ProductQuantizer.Score(new float[256], new byte[2]));
    }

    private static ProductQuantizer Train(float[][] vectors, CodeMetric metric, ProductQuantizerOptions options) =>
        ProductQuantizer.Train(new TrainingSample(QuantizerSamples.Flat(vectors), vectors[0].Length), metric, options);
}
