using Search.Ann.Indexes.Exact;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Exact;

public sealed class ExactIndexTests : VectorIndexContract
{
    protected override IVectorIndexFactory Factory { get; } = new ExactIndexFactory();

    [Fact]
    public void Search_LooksAtEveryVectorOnce()
    {
        var random = new RandomVectors(1);
        using var index = Create(VectorMetric.Cosine, 32);
        for (var i = 0; i < 5_000; i++)
            index.Upsert(i, random.Gaussian(32));
        index.Search(random.Gaussian(32), 3, default, new ScoredId[3], out var statistics);
        Assert.Equal(new SearchStatistics(5_000, 5_000), statistics);
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_OnAnyNumberOfThreads_FindsTheSame(VectorMetric metric)
    {
        // Several threads' worth of rows, in several blocks, with equal vectors across the parts.
        var vectors = new RandomVectors(2).Clustered(34_000, 128, clusters: 500);
        for (var i = 0; i < vectors.Length; i += 100)
            vectors[i] = vectors[i % 1_000];
        using var index = Create(metric, 128);
        Fill(index, vectors);
        var (alone, shared) = (new ScoredId[50], new ScoredId[50]);
        for (var q = 0; q < 10; q++)
        {
            Assert.Equal(50, index.Search(vectors[q * 100], 50, default, alone, out var statistics));
            Assert.Equal(new SearchStatistics(vectors.Length, vectors.Length), statistics);
            foreach (var threads in (int[])[2, 3, 4])
            {
                Assert.Equal(50, index.Search(vectors[q * 100], 50, new SearchOptions { Threads = threads }, shared, out _));
                Assert.Equal(alone, shared);
            }
        }
    }

    public static TheoryData<VectorMetric, double, double> Difficulties
    {
        get
        {
            var data = new TheoryData<VectorMetric, double, double>();
            foreach (var metric in Enum.GetValues<VectorMetric>())
            {
                // Plain; far from the origin, where |q|² − 2qr + |r|² cancels; too small for full precision; large.
                foreach (var (scale, offset) in ((double, double)[])[(1, 0), (1, 300), (1e-21, 0), (1e15, 0)])
                    data.Add(metric, scale, offset);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Difficulties))]
    public void SearchAll_AsAProduct_FindsWhatSearchFinds_ToTheBit(VectorMetric metric, double scale, double offset)
    {
        const int dimension = 37;
        var all = new RandomVectors(3).Clustered(3_100, dimension, clusters: 70);
        foreach (var (vector, i) in all.Select((vector, i) => (vector, i)))
        {
            // Lengths differ by up to a thousand times between blocks.
            var length = metric == VectorMetric.Cosine ? 1 : Math.Pow(10, i / 1_000);
            for (var j = 0; j < dimension; j++)
                vector[j] = (float)((vector[j] * length + offset) * scale);
        }
        using var index = Create(metric, dimension);
        Fill(index, all[..3_000]);
        AssertSearchAll(index, all[2_950..], 20, threads: 1);
        AssertSearchAll(index, all[2_800..], 7, threads: 2);
    }

    [Fact]
    public void SearchAll_AsAProduct_ScoresFewPairsTwice()
    {
        var all = new RandomVectors(4).Clustered(10_200, 64, clusters: 300);
        using var index = Create(VectorMetric.SquaredL2, 64);
        Fill(index, all[..10_000]);
        var queries = all[10_000..].SelectMany(vector => vector).ToArray();
        index.SearchAll(queries, 10, default, new ScoredId[200 * 10], new int[200], out var statistics);
        Assert.Equal(200 * 10_000, statistics.NodesVisited);
        Assert.Equal(statistics.NodesVisited + statistics.Rescored, statistics.DistancesComputed);
        Assert.InRange(statistics.Rescored, 200 * 10, 200 * 150);
    }

    private static void Fill(IMutableVectorIndex index, float[][] vectors) =>
        index.UpsertAll(Enumerable.Range(0, vectors.Length).Select(i => (long)i).ToArray(), vectors.SelectMany(vector => vector).ToArray());
}
