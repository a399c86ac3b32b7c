using CsCheck;
using Search.Testing.Vectors;
using Search.Vectors.Quantization;
using Search.Vectors.Quantization.Scalar;

namespace Search.Vectors.Tests.Quantization;

public sealed class ScalarQuantizerTests
{
    [Fact]
    public void Decode_OfAnyVectorOfTheSample_IsWithinHalfAStep() => QuantizerSamples.Any.Sample(
        data =>
        {
            var vectors = data.Vectors(40);
            var quantizer = Train(vectors, data.Metric);
            var (code, decoded) = (new byte[data.Dimension], new float[data.Dimension]);
            foreach (var vector in vectors)
            {
                quantizer.Encode(vector, code);
                quantizer.Decode(code, decoded);
                var seen = QuantizerSamples.Seen(vector, data.Metric);
                for (var d = 0; d < data.Dimension; d++)
                    Assert.Equal(seen[d], decoded[d], quantizer.Steps[d] * 0.5f + 2e-6f * MathF.Abs(seen[d]) + 1e-5f * quantizer.Steps[d]);
            }
        },
        seed: "0000000000011",
        iter: 200);

    [Fact]
    public void Score_OfAnyPair_KeepsItsDocumentedBound() => QuantizerSamples.Any.Sample(
        data =>
        {
            var vectors = data.Vectors(40);
            var quantizer = Train(vectors[..30], data.Metric);
            var (code, queryCode, decoded) = (new byte[data.Dimension], new sbyte[data.Dimension], new float[data.Dimension]);
            foreach (var query in vectors[30..])
            {
                var prepared = quantizer.Prepare(query, queryCode);
                var seen = QuantizerSamples.Seen(query, data.Metric);
                foreach (var vector in vectors)
                {
                    var constant = quantizer.Encode(vector, code);
                    quantizer.Decode(code, decoded);
                    var exact = QuantizerSamples.Score(seen, decoded, data.Metric);
                    // Scale is t, or 2t under L2: in both cases half of it bounds what one rounded weight adds to the score.
                    var bound = prepared.Scale / 2 * code.Sum(c => Math.Abs(c - 128.0));
                    // Rounding grows with what was summed: at most the terms of the score and the query's offset.
                    var rounding = 1e-5 * (Math.Abs(prepared.Offset) + Math.Abs(constant) + bound + decoded.Select((x, i) => Math.Abs((double)x * seen[i])).Sum());
                    Assert.Equal(exact, ScalarQuantizer.Score(prepared, queryCode, code, constant), bound + rounding);
                }
            }
        },
        seed: "0000000000012",
        iter: 200);

    [Theory]
    [InlineData(CodeMetric.Cosine)]
    [InlineData(CodeMetric.InnerProduct)]
    [InlineData(CodeMetric.SquaredL2)]
    public void Scores_OfClusteredVectors_RankAsTheExactOnes(CodeMetric metric)
    {
        var all = new RandomVectors(4).Clustered(2_050, 96, 40);
        var (vectors, queries) = (all[..2_000], all[2_000..]);
        var quantizer = Train(vectors, metric);
        var codes = vectors.Select(vector => { var code = new byte[96]; return (Constant: quantizer.Encode(vector, code), Code: code); }).ToArray();
        var hits = 0;
        var queryCode = new sbyte[96];
        foreach (var query in queries)
        {
            var prepared = quantizer.Prepare(query, queryCode);
            var found = Best(i => ScalarQuantizer.Score(prepared, queryCode, codes[i].Code, codes[i].Constant));
            hits += found.Intersect(Best(i => QuantizerSamples.Score(query, vectors[i], metric))).Count();
        }
        // Measured 0.978 to 0.986: what 8 bits lose before any rescoring.
        Assert.InRange(hits / 500.0, 0.94, 1);

        int[] Best(Func<int, double> score) => [.. Enumerable.Range(0, vectors.Length).OrderByDescending(score).Take(10)];
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SquaredDistance_OfTwoCodes_IsThatOfWhatTheyStandFor(bool shared)
    {
        var vectors = new QuantizerSamples(5, 70, CodeMetric.SquaredL2, 1, 2).Vectors(50);
        var quantizer = Train(vectors, CodeMetric.SquaredL2, new ScalarQuantizerOptions { SharedStep = shared });
        Assert.Equal(shared, quantizer.HasSharedStep);
        var (a, b, decodedA, decodedB) = (new byte[70], new byte[70], new float[70], new float[70]);
        for (var i = 1; i < vectors.Length; i++)
        {
            quantizer.Encode(vectors[i - 1], a);
            quantizer.Encode(vectors[i], b);
            quantizer.Decode(a, decodedA);
            quantizer.Decode(b, decodedB);
            var expected = ScalarKernels.SquaredL2(decodedA, decodedB);
            Assert.Equal(expected, quantizer.SquaredDistance(a, b), expected * 1e-4f);
        }
    }

    [Fact]
    public void ClippedShare_WithOneOutlier_LaysTheLevelsOverTheRest()
    {
        var sample = Enumerable.Range(0, 1000).Select(i => i / 1000f).ToArray();
        sample[0] = 1000;
        var clipped = ScalarQuantizer.Train(new TrainingSample(sample, 1), CodeMetric.SquaredL2, new ScalarQuantizerOptions { ClippedShare = 0.002 });
        Assert.InRange(clipped.Steps[0], 0, 1.01f / 255);
        var code = new byte[1];
        clipped.Encode([1000f], code);
        Assert.Equal(255, code[0]);
        clipped.Encode([-5f], code);
        Assert.Equal(0, code[0]);
    }

    [Fact]
    public void Train_OfEqualVectors_GivesThemBack()
    {
        float[] vector = [3, -2, 0, 1e-30f, 1e30f];
        var quantizer = Train([vector, vector], CodeMetric.InnerProduct);
        var (code, decoded, queryCode) = (new byte[5], new float[5], new sbyte[5]);
        quantizer.Encode(vector, code);
        quantizer.Decode(code, decoded);
        Assert.Equal(vector, decoded);
        var query = quantizer.Prepare([1, 1, 1, 0, 0], queryCode);
        Assert.Equal(1, ScalarQuantizer.Score(query, queryCode, code, 0), 1e-6f);
    }

    [Fact]
    public void Cosine_OfAZeroVector_ScoresZeroAgainstAnything()
    {
        var quantizer = Train(new RandomVectors(7).Clustered(100, 20, 5), CodeMetric.Cosine);
        var queryCode = new sbyte[20];
        var code = new byte[20];
        var constant = quantizer.Encode(new RandomVectors(8).Unit(20), code);
        Assert.Equal(0, ScalarQuantizer.Score(quantizer.Prepare(new float[20], queryCode), queryCode, code, constant));
    }

    [Fact]
    public void BadInput_IsAnArgumentErrorThatNamesIt()
    {
        Assert.Throws<ArgumentException>(() => new TrainingSample([], 4));
        Assert.Throws<ArgumentException>(() => new TrainingSample(new float[7], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingSample(new float[7], 0));
        Assert.Throws<ArgumentException>(() => new TrainingSample([1, float.NaN], 2));
        var quantizer = Train([[1f, 2f], [3f, 4f]], CodeMetric.SquaredL2);
        Assert.Contains("has 3", Assert.Throws<ArgumentException>(() => quantizer.Encode(new float[3], new byte[2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => quantizer.Encode(new float[2], new byte[3]));
        Assert.Throws<ArgumentException>(() => quantizer.Encode([1, float.PositiveInfinity], new byte[2]));
        Assert.Throws<ArgumentException>(() => quantizer.Prepare([1, float.NaN], new sbyte[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Train([[1f, 2f]], CodeMetric.SquaredL2, new ScalarQuantizerOptions { ClippedShare = 0.5 }));
    }

    [Fact]
    public void Load_OfASavedQuantizer_EncodesTheSame()
    {
        var vectors = new RandomVectors(9).Clustered(60, 33, 4);
        var quantizer = Train(vectors, CodeMetric.Cosine);
        using var file = new MemoryStream();
        quantizer.Save(file);
        file.Position = 0;
        var loaded = ScalarQuantizer.Load(file);
        Assert.Equal((CodeMetric.Cosine, 33), (loaded.Metric, loaded.Dimension));
        var (expected, actual) = (new byte[33], new byte[33]);
        foreach (var vector in vectors)
        {
            Assert.Equal(quantizer.Encode(vector, expected), loaded.Encode(vector, actual));
            Assert.Equal(expected, actual);
        }
        DamagedFiles.AreRefused(file.ToArray(), stream => ScalarQuantizer.Load(stream));
    }

    [Fact]
    public void EncodeAndPrepare_AllocateNothing()
    {
        var vector = new RandomVectors(10).Unit(128);
        var quantizer = Train([vector, new RandomVectors(11).Unit(128)], CodeMetric.Cosine);
        var (code, queryCode) = (new byte[128], new sbyte[128]);
        quantizer.Encode(vector, code);
        quantizer.Prepare(vector, queryCode);
        var before = GC.GetAllocatedBytesForCurrentThread();
        quantizer.Encode(vector, code);
        quantizer.Prepare(vector, queryCode);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static ScalarQuantizer Train(float[][] vectors, CodeMetric metric, ScalarQuantizerOptions? options = null) =>
        ScalarQuantizer.Train(new TrainingSample(QuantizerSamples.Flat(vectors), vectors[0].Length), metric, options);
}
