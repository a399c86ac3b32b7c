using System.Runtime.Intrinsics;
using Search.Testing.Vectors;
using Search.Vectors.Rows;
using Search.Vectors.Simd;
using Search.Vectors.Simd.Rows;

namespace Search.Vectors.Tests.Rows;

public sealed class QueryPanelTests
{
    public static TheoryData<int> Dimensions => [1, 2, 3, 7, 16, 31, 64, 100, 129, 784];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Scan_ReportsThePairsWhoseSumReachesTheLimit_AndNoOthers(int dimension)
    {
        var random = new RandomVectors(dimension);
        var panel = new QueryPanel(); // one for all, as in a pool
        foreach (var (queryCount, rowCount) in ((int, int)[])[(1, 1), (40, 9), (3, 4), (33, 6), (64, 103)])
        {
            var stride = dimension + rowCount % 3;
            var queries = random.Gaussian(queryCount * dimension);
            var rows = random.Gaussian((rowCount - 1) * stride + dimension);
            var biases = random.Gaussian(rowCount);
            panel.Pack(new FlatRows<float>(queries, dimension));
            Assert.Equal(queryCount, panel.Count);
            for (var q = 0; q < queryCount; q++)
                panel.Limits[q] = q % 5 == 4 ? float.NegativeInfinity : 0.1f * (q % 5);
            var reported = new Collector(rowCount, queryCount);
            panel.Scan(new FlatRows<float>(rows, dimension, stride), biases, ref reported);
            AssertReported(reported, panel.Limits, queries, rows, stride, dimension, biases);
        }
    }

    [Theory]
    [InlineData("128")]
    [InlineData("256")]
    [InlineData("512")]
    [InlineData("scalar")]
    public void Strips_OfEveryWidth_FindTheSamePairs(string path)
    {
        foreach (var dimension in (int[])[1, 5, 64, 131])
        {
            var random = new RandomVectors(200 + dimension);
            switch (path)
            {
                case "128": AssertStrip<Vector128<float>, Lanes128>(random, dimension); break;
                case "256": AssertStrip<Vector256<float>, Lanes256>(random, dimension); break;
                case "512": AssertStrip<Vector512<float>, Lanes512>(random, dimension); break;
                default: AssertStrip<float, ScalarLane>(random, dimension); break;
            }
        }
    }

    [Fact]
    public void Scan_HoldsTheNextRowsToALimitThatTheSinkHasRaised()
    {
        var panel = new QueryPanel();
        panel.Pack(new FlatRows<float>([1, 1, 1, 1], 4));
        var rows = Enumerable.Repeat(1f, 4 * 64).ToArray();
        var sink = new Raising(panel);
        panel.Scan(new FlatRows<float>(rows, 4), new float[64], ref sink);
        // The four rows of one tile at most.
        Assert.InRange(sink.Taken, 1, 4);
    }

    [Fact]
    public void Scan_OfRowsThatDoNotFit_IsRefused()
    {
        var panel = new QueryPanel();
        panel.Pack(new FlatRows<float>(new float[8], 4));
        Assert.Throws<ArgumentException>(() => Scan(panel, new FlatRows<float>(new float[15], 5), 3));
        Assert.Throws<ArgumentException>(() => Scan(panel, new FlatRows<float>(new float[12], 4), 2));
        Scan(panel, new FlatRows<float>([], 4), 0);

        static void Scan(QueryPanel panel, FlatRows<float> rows, int biases)
        {
            var sink = new Collector(9, 9);
            panel.Scan(rows, new float[biases], ref sink);
        }
    }

    private static void AssertStrip<TVector, TLanes>(RandomVectors random, int dimension)
        where TVector : struct
        where TLanes : struct, ILaneMath<TVector>
    {
        var lanes = StripKernel.Vectors * TLanes.Count;
        const int rowCount = 11;
        var queries = random.Gaussian(lanes * dimension);
        var rows = random.Gaussian(rowCount * dimension);
        var biases = random.Gaussian(rowCount);
        var strip = new float[lanes * dimension];
        for (var q = 0; q < lanes; q++)
        {
            for (var i = 0; i < dimension; i++)
                strip[i * lanes + q] = queries[q * dimension + i];
        }
        var limits = new float[lanes];
        var reported = new Collector(rowCount, lanes);
        StripKernel<TVector, TLanes>.Scan(in strip[0], 0, new FlatRows<float>(rows, dimension), biases, limits, ref reported);
        AssertReported(reported, limits, queries, rows, dimension, dimension, biases);
    }

    private static void AssertReported(Collector reported, ReadOnlySpan<float> limits, float[] queries, float[] rows, int stride, int dimension, float[] biases)
    {
        for (var q = 0; q < limits.Length; q++)
        {
            for (var row = 0; row < biases.Length; row++)
            {
                double sum = biases[row], squaredQuery = 0, squaredRow = 0;
                for (var i = 0; i < dimension; i++)
                {
                    double a = queries[q * dimension + i], b = rows[row * stride + i];
                    sum += a * b;
                    squaredQuery += a * a;
                    squaredRow += b * b;
                }
                var error = QueryPanel.ErrorOf(dimension) * (Math.Abs(biases[row]) + Math.Sqrt(squaredQuery * squaredRow));
                var times = reported.Times[row, q];
                Assert.InRange(times, 0, 1);
                if (sum >= limits[q] + error) Assert.Equal(1, times);
                if (sum < limits[q] - error) Assert.Equal(0, times);
            }
        }
    }

    private readonly struct Collector(int rows, int queries) : ISumSink
    {
        public int[,] Times { get; } = new int[rows, queries];

        public void Take(int row, int query) => Times[row, query]++;
    }

    private struct Raising(QueryPanel panel) : ISumSink
    {
        public int Taken { get; private set; }

        public void Take(int row, int query)
        {
            Taken++;
            panel.Limits[query] = 5;
        }
    }
}
