using System.Runtime.Intrinsics;
using Search.Testing.Vectors;
using Search.Vectors.Simd;

namespace Search.Vectors.Tests;

public sealed class VectorKernelsTests
{
    private static readonly int[] _dimensions = [.. Enumerable.Range(1, 200), 1280, 4096];

    public static TheoryData<string> Paths => ["facade", "128", "256", "512"];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Dot_AtEveryDimension_EqualsTheScalarTwin(string path) => EqualsTwin(path, k => k.Dot, ScalarKernels.Dot);

    [Theory]
    [MemberData(nameof(Paths))]
    public void SquaredL2_AtEveryDimension_EqualsTheScalarTwin(string path) => EqualsTwin(path, k => k.SquaredL2, ScalarKernels.SquaredL2);

    [Theory]
    [MemberData(nameof(Paths))]
    public void Dot_OfOneComponentSetAnywhere_FindsExactlyThatComponent(string path)
    {
        // A wrong tail would drop or double a component without showing in sums of random ones.
        var dot = Kernels.At(path).Dot;
        for (var dimension = 1; dimension <= 200; dimension++)
        {
            var a = new float[dimension];
            var b = Enumerable.Range(1, dimension).Select(i => (float)i).ToArray();
            for (var i = 0; i < dimension; i++)
            {
                a[i] = 1;
                Assert.Equal(i + 1, dot(a, b));
                a[i] = 0;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Dot_AtAnyOffsetInMemory_GivesTheSameBits(string path)
    {
        var dot = Kernels.At(path).Dot;
        var random = new RandomVectors(2);
        foreach (var dimension in (int[])[7, 100, 128, 1280])
        {
            var a = random.Gaussian(dimension);
            var b = random.Gaussian(dimension);
            var expected = dot(a, b);
            for (var offset = 0; offset < 16; offset++)
            {
                var buffer = new float[dimension + 32];
                a.CopyTo(buffer, offset);
                Assert.Equal(expected, dot(buffer.AsSpan(offset, dimension), b));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void IsFinite_WithOneBadComponentAnywhere_IsFalse(string path)
    {
        var isFinite = Kernels.At(path).IsFinite;
        foreach (var bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            for (var dimension = 1; dimension <= 80; dimension++)
            {
                var vector = Enumerable.Repeat(float.MaxValue, dimension).ToArray();
                Assert.True(isFinite(vector));
                for (var i = 0; i < dimension; i++)
                {
                    vector[i] = bad;
                    Assert.False(isFinite(vector));
                    vector[i] = float.MaxValue;
                }
            }
        }
    }

    [Fact]
    public void Kernels_OfAnEmptyVector_GiveZero()
    {
        Assert.Equal(0, VectorKernels.Dot([], []));
        Assert.Equal(0, VectorKernels.SquaredL2([], []));
        Assert.True(VectorKernels.IsFinite([]));
        Assert.False(VectorKernels.TryNormalize([]));
    }

    [Fact]
    public void Kernels_OfDifferentDimensions_NameBoth()
    {
        var error = Assert.Throws<ArgumentException>(() => VectorKernels.Dot(new float[64], new float[65]));
        Assert.Contains("64 and 65", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => VectorKernels.SquaredL2(new float[64], new float[63]));
    }

    private static void EqualsTwin(string path, Func<Kernels, PairKernel> choose, PairKernel twin)
    {
        var kernel = choose(Kernels.At(path));
        var random = new RandomVectors(1);
        foreach (var dimension in _dimensions)
        {
            var a = random.Gaussian(dimension);
            var b = random.Gaussian(dimension);
            // Rounding grows with the magnitudes summed, not with the result, which may be near zero.
            var magnitude = a.Zip(b, (x, y) => Math.Abs(x * y) + (x - y) * (x - y)).Sum();
            Assert.Equal(twin(a, b), kernel(a, b), magnitude * 1e-6f);
        }
    }

    internal delegate float PairKernel(ReadOnlySpan<float> a, ReadOnlySpan<float> b);

    internal delegate bool VectorTest(ReadOnlySpan<float> vector);

    // Wide registers work in software too, so that every width is tested on every machine.
    internal sealed record Kernels(PairKernel Dot, PairKernel SquaredL2, VectorTest IsFinite)
    {
        public static Kernels At(string path) => path switch
        {
            "128" => Of<Vector128<float>, Lanes128>(),
            "256" => Of<Vector256<float>, Lanes256>(),
            "512" => Of<Vector512<float>, Lanes512>(),
            _ => new Kernels(VectorKernels.Dot, VectorKernels.SquaredL2, VectorKernels.IsFinite),
        };

        private static Kernels Of<TVector, TLanes>()
            where TVector : struct
            where TLanes : struct, ILanes<TVector> =>
            new(SimdKernels<TVector, TLanes>.Dot, SimdKernels<TVector, TLanes>.SquaredL2, SimdKernels<TVector, TLanes>.IsFinite);
    }
}
