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
                CodeRowKernels.Dot(signed, new FlatRows<byte>(values, dimension, stride), ids, sums);
                Assert.Equal([.. ids.Select(id => ScalarCodeKernels.Dot(values.AsSpan(id * stride, dimension), signed)), 42], sums);
                CodeRowKernels.SquaredL2(query, new FlatRows<byte>(values, dimension, stride), ids, sums);
                Assert.Equal([.. ids.Select(id => ScalarCodeKernels.SquaredL2(values.AsSpan(id * stride, dimension), query)), 42], sums);
            }
        }
    }

    [Fact]
    public void SumsOfAllRowsAndBlocks_OfAnyShape_EqualTheScalarTwin()
    {
        var random = new Random(2);
        // The last shape takes more than one block of rows.
        foreach (var (dimension, rowCount, queryCount) in ((int, int, int)[])[(1, 5, 2), (31, 4, 1), (32, 7, 3), (100, 0, 2), (100, 9, 0), (784, 70, 3)])
        {
            var stride = dimension + 1;
            var values = new byte[rowCount * stride];
            var queries = new byte[queryCount * dimension];
            random.NextBytes(values);
            random.NextBytes(queries);
            var signed = (sbyte[])(Array)queries;
            var expected = new int[queryCount * rowCount];
            var sums = new int[expected.Length];
            for (var i = 0; i < expected.Length; i++)
                expected[i] = ScalarCodeKernels.Dot(values.AsSpan(i % rowCount * stride, dimension), signed.AsSpan(i / rowCount * dimension, dimension));
            CodeRowKernels.DotBlock(signed, new FlatRows<byte>(values, dimension, stride), sums);
            Assert.Equal(expected, sums);
            if (queryCount == 0) continue;
            CodeRowKernels.Dot(signed.AsSpan(0, dimension), new FlatRows<byte>(values, dimension, stride), sums);
            Assert.Equal(expected[..rowCount], sums[..rowCount]);
        }
        Assert.Throws<ArgumentException>(() => CodeRowKernels.DotBlock(new sbyte[9], new FlatRows<byte>(new byte[8], 4), new int[99]));
        Assert.Throws<ArgumentException>(() => CodeRowKernels.DotBlock(new sbyte[8], new FlatRows<byte>(new byte[8], 4), new int[3]));
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
            CodeRowKernels.Dot(query, new FlatRows<byte>(values, 4096), [0, 1, 2, 3], sums);
            Assert.All(sums, sum => Assert.Equal(4096 * 255 * extreme, sum));
        }
    }

    [Fact]
    public void BadIdsAndShapes_AreRefused()
    {
        var values = new byte[64 * 8];
        foreach (var bad in (int[])[-1, 8, int.MaxValue, int.MinValue])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => CodeRowKernels.Dot(new sbyte[64], new FlatRows<byte>(values, 64), [0, 1, bad, 2], new int[4]));
            Assert.Throws<ArgumentOutOfRangeException>(() => CodeRowKernels.Dot(new sbyte[64], new FlatRows<byte>(values, 64), [0, 1, 2, 3, bad], new int[5]));
            Assert.Throws<ArgumentOutOfRangeException>(() => CodeRowKernels.SquaredL2(new byte[64], new FlatRows<byte>(values, 64), [bad], new int[5]));
        }
        Assert.Throws<ArgumentException>(() => CodeRowKernels.Dot(new sbyte[63], new FlatRows<byte>(values, 64), [0], new int[1]));
        Assert.Throws<ArgumentException>(() => CodeRowKernels.SquaredL2(new byte[64], new FlatRows<byte>(values, 64), [0, 1], new int[1]));
        const int tooMany = CodeKernels.MaxDimension + 1;
        Assert.Throws<ArgumentException>(() => CodeRowKernels.Dot(new sbyte[tooMany], new FlatRows<byte>(new byte[4 * tooMany], tooMany), new int[4]));
    }
}
