using Search.Vectors.Codes;
using Search.Vectors.Rows;

namespace Search.Vectors.Tests.Rows;

public sealed class CodeRowKernelsTests
{
    [Fact]
    public void SumsOfIds_AtEveryDimension_EqualTheScalarTwin()
    {
        var random = new Random(1);
        foreach (var dimension in (int[])[.. Enumerable.Range(1, 200), 784, 1280, 4096])
        {
            var stride = dimension + dimension % 3;
            var values = new byte[stride * 9 + dimension];
            var query = new byte[dimension];
            random.NextBytes(values);
            random.NextBytes(query);
            var signed = (sbyte[])(Array)query;
            for (var count = 0; count <= 9; count++)
            {
                int[] ids = [.. Enumerable.Range(0, count).Select(i => (i * 7 + dimension) % 10)];
                var sums = new int[count + 1];
                sums[count] = 42;
                CodeRowKernels.Dot(signed, new CodeRows(values, dimension, stride), ids, sums);
                Assert.Equal([.. ids.Select(id => ScalarCodeKernels.Dot(values.AsSpan(id * stride, dimension), signed)), 42], sums);
                CodeRowKernels.SquaredL2(query, new CodeRows(values, dimension, stride), ids, sums);
                Assert.Equal([.. ids.Select(id => ScalarCodeKernels.SquaredL2(values.AsSpan(id * stride, dimension), query)), 42], sums);
            }
        }
    }

    [Fact]
    public void Dot_OfExtremeCodes_DoesNotSaturate()
    {
        var values = new byte[4096 * 4];
        values.AsSpan().Fill(255);
        foreach (var extreme in (sbyte[])[-128, 127])
        {
            var query = new sbyte[4096];
            query.AsSpan().Fill(extreme);
            var sums = new int[4];
            CodeRowKernels.Dot(query, new CodeRows(values, 4096), [0, 1, 2, 3], sums);
            Assert.All(sums, sum => Assert.Equal(4096 * 255 * extreme, sum));
        }
    }

    [Fact]
    public void BadIdsAndShapes_AreRefused()
    {
        var values = new byte[64 * 8];
        foreach (var bad in (int[])[-1, 8, int.MaxValue, int.MinValue])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => CodeRowKernels.Dot(new sbyte[64], new CodeRows(values, 64), [0, 1, bad, 2], new int[4]));
            Assert.Throws<ArgumentOutOfRangeException>(() => CodeRowKernels.Dot(new sbyte[64], new CodeRows(values, 64), [0, 1, 2, 3, bad], new int[5]));
            Assert.Throws<ArgumentOutOfRangeException>(() => CodeRowKernels.SquaredL2(new byte[64], new CodeRows(values, 64), [bad], new int[5]));
        }
        Assert.Throws<ArgumentException>(() => CodeRowKernels.Dot(new sbyte[63], new CodeRows(values, 64), [0], new int[1]));
        Assert.Throws<ArgumentException>(() => CodeRowKernels.SquaredL2(new byte[64], new CodeRows(values, 64), [0, 1], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CodeRows([], CodeKernels.MaxDimension + 1));
    }
}
