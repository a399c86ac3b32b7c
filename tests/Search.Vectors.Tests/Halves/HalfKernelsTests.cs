using System.Runtime.Intrinsics;
using Search.Testing.Vectors;
using Search.Vectors.Halves;
using Search.Vectors.Rows;
using Search.Vectors.Simd;
using Search.Vectors.Simd.Halves;

namespace Search.Vectors.Tests.Halves;

public sealed class HalfKernelsTests
{
    private static readonly int[] _dimensions = [.. Enumerable.Range(0, 200), 784, 1280, 4096];

    public static TheoryData<string> Paths => ["facade", "128", "256", "512"];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Kernels_AtEveryDimension_EqualTheScalarTwin(string path)
    {
        var (dot, squaredL2) = At(path);
        var random = new RandomVectors(1);
        foreach (var dimension in _dimensions)
        {
            var query = random.Gaussian(dimension);
            var row = Encoded(random.Gaussian(dimension));
            var magnitude = query.Zip(row, (q, r) => Math.Abs(q * (float)r) + (q - (float)r) * (q - (float)r)).Sum();
            Assert.Equal(ScalarHalfKernels.Dot(query, row), dot(query, row), magnitude * 1e-6f);
            Assert.Equal(ScalarHalfKernels.SquaredL2(query, row), squaredL2(query, row), magnitude * 1e-6f);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Dot_OfEveryFiniteHalf_ReadsItExactly(string path)
    {
        var dot = At(path).Dot;
        var query = new float[35];
        var row = new Half[35];
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var half = BitConverter.UInt16BitsToHalf((ushort)bits);
            if (!Half.IsFinite(half)) continue;
            // In turn at every place of a register, and of the tail.
            var place = bits % query.Length;
            (query[place], row[place]) = (1, half);
            Assert.Equal((float)half, dot(query, row));
            (query[place], row[place]) = (0, Half.Zero);
        }
    }

    [Fact]
    public void ScoresOfIds_HaveTheBitsOfSinglePairs()
    {
        foreach (var dimension in (int[])[1, 3, 8, 17, 100, 128, 784])
        {
            var stride = dimension + 2;
            var values = Encoded(new RandomVectors(2).Gaussian(stride * 9 + dimension));
            var query = new RandomVectors(3).Gaussian(dimension);
            int[] ids = [3, 1, 9, 1, 0, 8, 2];
            var scores = new float[ids.Length];
            HalfRowKernels.Dot(query, new FlatRows<Half>(values, dimension, stride), ids, scores);
            Assert.Equal(ids.Select(id => HalfKernels.Dot(query, values.AsSpan(id * stride, dimension))), scores);
            HalfRowKernels.SquaredL2(query, new FlatRows<Half>(values, dimension, stride), ids, scores);
            Assert.Equal(ids.Select(id => HalfKernels.SquaredL2(query, values.AsSpan(id * stride, dimension))), scores);
            Assert.Throws<ArgumentOutOfRangeException>(() => HalfRowKernels.Dot(query, new FlatRows<Half>(values, dimension, stride), [0, 10], scores));
            Assert.Throws<ArgumentOutOfRangeException>(() => HalfRowKernels.SquaredL2(query, new FlatRows<Half>(values, dimension, stride), [0, 0, 0, 0, 0, -1], scores));
        }
    }

    [Fact]
    public void TryEncode_RoundsWithinItsBound_AndRefusesWhatDoesNotFit()
    {
        var random = new RandomVectors(4);
        var row = new Half[64];
        foreach (var scale in (float[])[1e-6f, 1e-3f, 1, 1e4f])
        {
            var vector = random.Gaussian(64).Select(x => x * scale).ToArray();
            Assert.True(HalfKernels.TryEncode(vector, row));
            for (var i = 0; i < vector.Length; i++)
                Assert.Equal(vector[i], (float)row[i], Math.Max(Math.Abs(vector[i]) / 2048, 3e-8f));
        }
        foreach (var bad in (float[])[float.NaN, float.PositiveInfinity, 70_000, -70_000])
            Assert.False(HalfKernels.TryEncode([1, bad], new Half[2]));
        Assert.Throws<ArgumentException>(() => HalfKernels.TryEncode(new float[3], new Half[2]));
        Assert.Throws<ArgumentException>(() => HalfKernels.Dot(new float[64], new Half[63]));
    }

    private delegate float HalfPair(ReadOnlySpan<float> query, ReadOnlySpan<Half> row);

    private static (HalfPair Dot, HalfPair SquaredL2) At(string path) => path switch
    {
        "128" => Of<Vector128<float>, Lanes128, HalfLanes128>(),
        "256" => Of<Vector256<float>, Lanes256, HalfLanes256>(),
        "512" => Of<Vector512<float>, Lanes512, HalfLanes512>(),
        _ => (HalfKernels.Dot, HalfKernels.SquaredL2),
    };

    private static (HalfPair Dot, HalfPair SquaredL2) Of<TVector, TLanes, THalves>()
        where TVector : struct
        where TLanes : struct, ILanes<TVector>
        where THalves : struct, IHalfLanes<TVector> =>
        (SimdHalfKernels<TVector, TLanes, THalves>.Dot, SimdHalfKernels<TVector, TLanes, THalves>.SquaredL2);

    private static Half[] Encoded(float[] vector)
    {
        var row = new Half[vector.Length];
        Assert.True(HalfKernels.TryEncode(vector, row));
        return row;
    }
}
