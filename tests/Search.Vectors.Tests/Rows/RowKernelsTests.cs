using Search.Testing.Vectors;
using Search.Vectors.Rows;

namespace Search.Vectors.Tests.Rows;

public sealed class RowKernelsTests
{
    private static readonly int[] _dimensions = [.. Enumerable.Range(1, 140), 784, 1280, 4096];

    public static TheoryData<string, string> Kernels =>
        new MatrixTheoryData<string, string>(["facade", "128", "256", "512"], ["dot", "squaredL2"]);

    [Theory]
    [MemberData(nameof(Kernels))]
    public void ScoresOfIds_AtEveryDimension_HaveTheBitsOfSinglePairs(string path, string kernel)
    {
        var (single, ids, _, _) = RowKernelSet.At(path, kernel);
        foreach (var dimension in _dimensions)
        {
            var stride = dimension + dimension % 3;
            var values = new RandomVectors(dimension).Gaussian(stride * 9 + dimension);
            var query = new RandomVectors(-dimension).Gaussian(dimension);
            for (var count = 0; count <= 9; count++)
            {
                int[] chosen = [.. Enumerable.Range(0, count).Select(i => (i * 7 + dimension) % 10)];
                var scores = new float[count + 1];
                scores[count] = 42;
                ids(query, new FlatRows<float>(values, dimension, stride), chosen, scores);
                Assert.Equal([.. chosen.Select(id => single(query, values.AsSpan(id * stride, dimension))), 42f], scores);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void ScoresOfAllRows_AtEveryDimension_HaveTheBitsOfSinglePairs(string path, string kernel)
    {
        var (single, _, all, _) = RowKernelSet.At(path, kernel);
        foreach (var dimension in _dimensions)
        {
            for (var count = 0; count <= 6; count++)
            {
                var values = new RandomVectors(dimension).Gaussian(dimension * count);
                var query = new RandomVectors(-dimension).Gaussian(dimension);
                var scores = new float[count];
                all(query, new FlatRows<float>(values, dimension), scores);
                Assert.Equal(Enumerable.Range(0, count).Select(row => single(query, values.AsSpan(row * dimension, dimension))), scores);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void BlockedProduct_OfAnyShape_HasTheBitsOfSinglePairs(string path, string kernel)
    {
        var (single, _, _, block) = RowKernelSet.At(path, kernel);
        foreach (var dimension in _dimensions)
        {
            foreach (var (queryCount, rowCount) in ((int, int)[])[(0, 5), (1, 4), (2, 3), (2, 4), (3, 9), (4, 8), (5, 0)])
            {
                var queries = new RandomVectors(1).Gaussian(dimension * queryCount);
                var rows = new RandomVectors(2).Gaussian(dimension * rowCount);
                var scores = new float[queryCount * rowCount];
                block(new FlatRows<float>(queries, dimension), new FlatRows<float>(rows, dimension), scores);
                for (var q = 0; q < queryCount; q++)
                {
                    for (var r = 0; r < rowCount; r++)
                        Assert.Equal(single(queries.AsSpan(q * dimension, dimension), rows.AsSpan(r * dimension, dimension)), scores[q * rowCount + r]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void BlockedProduct_OfMoreQueriesThanAPanel_HasTheBitsOfSinglePairs(string path, string kernel)
    {
        var (single, _, _, block) = RowKernelSet.At(path, kernel);
        const int Dimension = 4096, QueryCount = 35, RowCount = 5;
        var queries = new RandomVectors(1).Gaussian(Dimension * QueryCount);
        var rows = new RandomVectors(2).Gaussian(Dimension * RowCount);
        var scores = new float[QueryCount * RowCount];
        block(new FlatRows<float>(queries, Dimension), new FlatRows<float>(rows, Dimension), scores);
        for (var i = 0; i < scores.Length; i++)
            Assert.Equal(single(queries.AsSpan(i / RowCount * Dimension, Dimension), rows.AsSpan(i % RowCount * Dimension, Dimension)), scores[i]);
    }

    [Fact]
    public void Scores_OfAnIdThatIsNoRow_AreRefused()
    {
        var values = new float[64 * 8];
        foreach (var bad in (int[])[-1, 8, int.MaxValue, int.MinValue])
        {
            // Once among a group of four, once in the rest.
            Assert.Throws<ArgumentOutOfRangeException>(() => RowKernels.Dot(new float[64], new FlatRows<float>(values, 64), [0, 1, bad, 2], new float[4]));
            Assert.Throws<ArgumentOutOfRangeException>(() => RowKernels.SquaredL2(new float[64], new FlatRows<float>(values, 64), [0, 1, 2, 3, bad], new float[5]));
        }
    }

    [Fact]
    public void BadShapes_AreArgumentErrors()
    {
        var values = new float[64];
        Assert.Throws<ArgumentException>(() => RowKernels.Dot(new float[7], new FlatRows<float>(values, 8), [0], new float[1]));
        Assert.Throws<ArgumentException>(() => RowKernels.Dot(new float[8], new FlatRows<float>(values, 8), [0, 1], new float[1]));
        Assert.Throws<ArgumentException>(() => RowKernels.Dot(new float[8], new FlatRows<float>(values, 8), new float[7]));
        Assert.Throws<ArgumentException>(() => RowKernels.Dot(new FlatRows<float>(values, 4), new FlatRows<float>(values, 8), new float[999]));
        Assert.Throws<ArgumentException>(() => RowKernels.SquaredL2(new FlatRows<float>(values, 8), new FlatRows<float>(values, 8), new float[63]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlatRows<float>([], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlatRows<float>([], 5, 4));
        Assert.Equal(2, new FlatRows<float>(new float[13], 5, 8).Count);
        Assert.Equal(1, new FlatRows<float>(new float[12], 5, 8).Count);
        Assert.Equal(0, new FlatRows<float>(new float[4], 5, 8).Count);
    }

    [Fact]
    public void RowKernels_AllocateNothing()
    {
        var (values, query, scores) = (new float[128 * 16], new float[128], new float[16 * 16]);
        int[] ids = [3, 1, 4, 1, 5, 9, 2, 6, 5];
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            var rows = new FlatRows<float>(values, 128);
            RowKernels.Dot(query, rows, ids, scores);
            RowKernels.SquaredL2(query, rows, scores);
            RowKernels.SquaredL2(rows, rows, scores);
        }
    }
}
