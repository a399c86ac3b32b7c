using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Search.Vectors.Codes;
using Search.Vectors.Simd.Codes;

namespace Search.Vectors.Tests.Codes;

public sealed class CodeKernelsTests
{
    // Every tail of every width, then some of each size up to the limit that matters in practice.
    private static readonly int[] _dimensions = [.. Enumerable.Range(0, 260), 384, 511, 512, 513, 784, 1000, 1280, 2047, 2048, 3001, 4095, 4096];

    public static TheoryData<string> Paths => ["facade", "128", "256", "512", "vnni"];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Kernels_AtEveryDimension_EqualTheScalarTwin(string path)
    {
        var kernels = Kernels.At(path);
        var random = new Random(1);
        foreach (var dimension in _dimensions)
        {
            var (a, b) = (new byte[dimension], new byte[dimension]);
            random.NextBytes(a);
            random.NextBytes(b);
            RequireEqual(kernels, a, b);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Kernels_OfExtremeCodes_DoNotSaturate(string path)
    {
        // 255·127 + 255·127 is the sum that 16-bit saturation cuts; −128·−128 the one that a sign trick gets wrong.
        var kernels = Kernels.At(path);
        foreach (var dimension in (int[])[31, 32, 33, 64, 129, 784, 4096, CodeKernels.MaxDimension])
        {
            foreach (var left in (byte[])[0, 127, 128, 255])
            {
                foreach (var right in (byte[])[0, 1, 127, 128, 255])
                    RequireEqual(kernels, [.. Enumerable.Repeat(left, dimension)], [.. Enumerable.Repeat(right, dimension)]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Kernels_BesideOtherBytes_ReadTheirOwnOnly(string path)
    {
        var kernels = Kernels.At(path);
        var buffer = new byte[600];
        for (var dimension = 1; dimension <= 140; dimension++)
        {
            buffer.AsSpan().Fill(255);
            var offset = 200 + dimension % 17;
            var code = buffer.AsSpan(offset, dimension);
            code.Clear();
            Assert.Equal(0, kernels.Dot(code, new sbyte[dimension]));
            Assert.Equal(0, kernels.SquaredL2(code, new byte[dimension]));
            for (var i = 0; i < dimension; i++)
            {
                code[i] = 3;
                Assert.Equal(9, kernels.SquaredL2(code, new byte[dimension]));
                code[i] = 0;
            }
        }
    }

    [Fact]
    public void Kernels_OfDifferentDimensionsOrTooMany_SaySo()
    {
        var error = Assert.Throws<ArgumentException>(() => CodeKernels.Dot(new byte[64], new sbyte[65]));
        Assert.Contains("64 and 65", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CodeKernels.Dot(new sbyte[5], new sbyte[4]));
        Assert.Throws<ArgumentException>(() => CodeKernels.SquaredL2(new byte[40], new byte[39]));
        var tooMany = new byte[CodeKernels.MaxDimension + 1];
        Assert.Throws<ArgumentException>(() => CodeKernels.SquaredL2(tooMany, tooMany));
    }

    [Fact]
    public void Kernels_AllocateNothing()
    {
        var (a, b) = (new byte[784], new sbyte[784]);
        CodeKernels.Dot(a, b);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            CodeKernels.Dot(a, b);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void RequireEqual(Kernels kernels, byte[] a, byte[] b)
    {
        var (signedA, signedB) = ((sbyte[])(Array)a, (sbyte[])(Array)b);
        Assert.Equal(ScalarCodeKernels.Dot(a, signedB), kernels.Dot(a, signedB));
        Assert.Equal(ScalarCodeKernels.Dot(signedA, signedB), kernels.SignedDot(signedA, signedB));
        Assert.Equal(ScalarCodeKernels.SquaredL2(a, b), kernels.SquaredL2(a, b));
    }

    private delegate int Pair<TLeft, TRight>(ReadOnlySpan<TLeft> a, ReadOnlySpan<TRight> b);

    private sealed record Kernels(Pair<byte, sbyte> Dot, Pair<sbyte, sbyte> SignedDot, Pair<byte, byte> SquaredL2)
    {
        public static Kernels At(string path)
        {
            if (path == "vnni" && !AvxVnni.IsSupported) Assert.Skip("The processor has no AVX-VNNI, or it is switched off.");
            return path switch
            {
                "128" => Of<Vector128<short>, Vector128<int>, CodeLanes128>(),
                "256" => Of<Vector256<short>, Vector256<int>, CodeLanes256>(),
                "512" => Of<Vector512<short>, Vector512<int>, CodeLanes512>(),
                "vnni" => new Kernels(VnniCodeKernels.Dot, VnniCodeKernels.Dot, VnniCodeKernels.SquaredL2),
                _ => new Kernels(CodeKernels.Dot, CodeKernels.Dot, CodeKernels.SquaredL2),
            };
        }

        private static Kernels Of<TShorts, TSums, TLanes>()
            where TShorts : struct
            where TSums : struct
            where TLanes : struct, ICodeLanes<TShorts, TSums> =>
            new(WideningCodeKernels<TShorts, TSums, TLanes>.Dot, WideningCodeKernels<TShorts, TSums, TLanes>.Dot, WideningCodeKernels<TShorts, TSums, TLanes>.SquaredL2);
    }
}
