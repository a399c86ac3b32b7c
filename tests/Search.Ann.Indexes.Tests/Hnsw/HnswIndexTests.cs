using CsCheck;
using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Metrics;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Hnsw;

public sealed class HnswIndexTests : VectorIndexContract
{
    protected override IVectorIndexFactory Factory { get; } = new HnswIndexFactory();

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(25)]
    public void Search_WithDuplicatesAmongThePoints_StillFindsTheNearest(int duplicatePercent)
    {
        var random = new RandomVectors(20 + duplicatePercent);
        var vectors = random.Clustered(4_000, 48, clusters: 60);
        for (var i = 0; i < vectors.Length * duplicatePercent / 100; i++)
            vectors[i * 7 % vectors.Length] = vectors[i % 40]; // forty pictures, each uploaded many times
        using var hnsw = Filled(Factory, vectors);
        using var exact = Filled(new ExactIndexFactory(), vectors);
        GraphInvariants.Check(hnsw);

        var queries = random.Clustered(200, 48, clusters: 60);
        // 0.99 at ef 128 over 4,000 points is what a sound graph passes with ease and a broken one never reaches.
        Assert.True(Recall(hnsw, exact, queries, 10) >= 0.99, $"recall {Recall(hnsw, exact, queries, 10)}");
        // Every point finds itself: the test of reachability that a user would make.
        Assert.All(vectors, vector => Assert.InRange(Search(hnsw, vector, 1)[0].Score, 0.99999f, 1f));
    }

    [Fact]
    public void UpsertAll_MakesAGraphAsGoodAsOneByOne()
    {
        var random = new RandomVectors(60);
        var vectors = random.Clustered(6_000, 32, clusters: 200);
        var queries = random.Clustered(300, 32, clusters: 200);
        using var single = Filled(Factory, vectors);
        using var bulk = Factory.Create(new IndexShape(VectorMetric.Cosine, 32));
        bulk.UpsertAll(Enumerable.Range(0, vectors.Length).Select(i => (long)i).ToArray(), vectors.SelectMany(v => v).ToArray(), threads: 2);
        using var exact = Filled(new ExactIndexFactory(), vectors);
        GraphInvariants.Check(bulk);
        // The same graph would be luck; the same recall, give or take a thousandth, is the claim.
        Assert.InRange(Recall(bulk, exact, queries, 10), Recall(single, exact, queries, 10) - 0.002, 1);
        for (var id = 0; id < vectors.Length; id += 3)
            bulk.Remove(id);
        GraphInvariants.Check(bulk);
    }

    [Fact]
    public void Search_LooksAtAFractionOfThePoints()
    {
        var random = new RandomVectors(3);
        using var hnsw = Filled(Factory, random.Clustered(8_000, 32, clusters: 100));
        hnsw.Search(random.Unit(32), 10, default, new ScoredId[10], out var statistics);
        Assert.InRange(statistics.NodesVisited, 128, 1_000);
        Assert.InRange(statistics.DistancesComputed, statistics.NodesVisited, 4_000);
    }

    [Fact]
    public void Describe_CountsTheLinksOfEveryLevel()
    {
        using var hnsw = Filled(Factory, new RandomVectors(7).Clustered(3_000, 24, clusters: 50));
        var graph = ((HnswIndex<CosineMetric>)hnsw).Contents.Graph;
        using var frozen = HnswFreezer.Freeze(hnsw);
        foreach (var described in (IndexDescription[])[hnsw.Describe(), frozen.Describe()])
        {
            Assert.Equal(graph.TopLevel + 1, described.Structure.Count);
            for (var level = 0; level <= graph.TopLevel; level++)
            {
                var nodes = Enumerable.Range(0, 3_000).Where(slot => graph.Level(slot) >= level).ToList();
                Assert.Equal(nodes.Count, described.Structure[level].Things);
                Assert.Equal(nodes.Average(slot => graph.Row(level, slot).Count), described.Structure[level].Mean, 1e-9);
            }
        }
        Assert.Equal("16", hnsw.Describe().Options[nameof(HnswOptions.M)]);
        Assert.True(frozen.Describe().Memory.Codes >= 3_000 * 24);
    }

    [Fact]
    public void Scores_AreTheSameBitsAsThoseOfExactSearch()
    {
        var random = new RandomVectors(4);
        var vectors = random.Clustered(1_000, 96, clusters: 20);
        using var hnsw = Filled(Factory, vectors);
        using var exact = Filled(new ExactIndexFactory(), vectors);
        foreach (var query in random.Clustered(50, 96, clusters: 20))
            Assert.Equal(Search(exact, query, 20), Search(hnsw, query, 20, effort: 1_000));
    }

    [Fact]
    public void SameSeedAndWrites_MakeTheSameFile_AndAnotherSeedAnother()
    {
        var vectors = new RandomVectors(5).Clustered(1_500, 16, clusters: 10);
        byte[] Saved(ulong seed)
        {
            using var index = Filled(new HnswIndexFactory(new HnswOptions { Seed = seed }), vectors);
            for (var id = 0; id < vectors.Length; id += 5)
                index.Remove(id);
            using var stream = new MemoryStream();
            index.Save(stream);
            return stream.ToArray();
        }
        Assert.Equal(Saved(1), Saved(1));
        Assert.NotEqual(Saved(1), Saved(2));
    }

    [Fact]
    public void Recall_AfterReplacingAndRemovingMost_IsAsGoodAsAfterABuild()
    {
        var random = new RandomVectors(6);
        var vectors = random.Clustered(3_000, 32, clusters: 40);
        using var hnsw = Filled(Factory, vectors);
        using var exact = Filled(new ExactIndexFactory(), vectors);
        // Every vector is replaced once, then two thirds are removed: the links that are left were all made by repair or among strangers.
        var replacements = random.Clustered(3_000, 32, clusters: 25);
        for (var id = 0; id < 3_000; id++)
        {
            Assert.False(hnsw.Upsert(id, replacements[id]));
            Assert.False(exact.Upsert(id, replacements[id]));
        }
        for (var id = 0; id < 3_000; id++)
        {
            if (id % 3 != 0) Assert.Equal(exact.Remove(id), hnsw.Remove(id));
        }
        GraphInvariants.Check(hnsw);
        var queries = random.Clustered(200, 32, clusters: 25);
        Assert.True(Recall(hnsw, exact, queries, 10) >= 0.99, $"recall {Recall(hnsw, exact, queries, 10)}");
    }

    [Theory]
    [InlineData(4, 1)] // the narrowest graph allowed, where the spanning tree has the least room
    [InlineData(4, 20)]
    [InlineData(16, 100)]
    public void AnySequenceOfWrites_KeepsEveryPointReachableAndAgreesWithExact(int m, int efConstruction)
    {
        var factory = new HnswIndexFactory(new HnswOptions { M = m, EfConstruction = efConstruction });
        Gen.Int[0, 1_000_000].Sample(seed => Run(factory, seed), iter: 20, seed: "0000000000003");
    }

    [Fact]
    public void PointsInSortedOrder_WhichMakeTheWorstTree_StayReachable()
    {
        // A line, then a star: every point of the star has the same nearest neighbour, its centre.
        using var index = Factory.Create(new IndexShape(VectorMetric.SquaredL2, 64));
        for (var i = 0; i < 300; i++)
            index.Upsert(i, [.. Enumerable.Repeat((float)i, 64)]);
        for (var i = 0; i < 64; i++)
        {
            var tip = new float[64];
            tip[i] = -50;
            index.Upsert(1_000 + i, tip);
        }
        GraphInvariants.Check(index);
        index.Remove(0); // the centre
        for (var i = 299; i > 0; i -= 2)
            index.Remove(i);
        GraphInvariants.Check(index);
    }

    private static void Run(HnswIndexFactory factory, int seed)
    {
        var random = new Random(seed);
        var vectors = new RandomVectors(seed);
        var centres = Enumerable.Range(0, 5).Select(_ => vectors.Unit(8)).ToArray();
        using var hnsw = factory.Create(new IndexShape(VectorMetric.Cosine, 8));
        using var exact = new ExactIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 8));
        var writes = random.Next(1, 400);
        var ids = random.Next(1, 200);
        for (var w = 0; w < writes; w++)
        {
            var id = random.Next(ids);
            switch (random.Next(20))
            {
                case 0:
                    hnsw.Compact();
                    break;
                case < 8:
                    Assert.Equal(exact.Remove(id), hnsw.Remove(id));
                    break;
                case < 14: // one of five vectors: duplicates by the dozen
                    Assert.Equal(exact.Upsert(id, centres[id % 5]), hnsw.Upsert(id, centres[id % 5]));
                    break;
                default:
                    var vector = vectors.UnitNear(centres[id % 5], 0.8);
                    Assert.Equal(exact.Upsert(id, vector), hnsw.Upsert(id, vector));
                    break;
            }
            if (w % 50 == 0) GraphInvariants.Check(hnsw);
        }
        GraphInvariants.Check(hnsw);
        // Reachable means found: with room for all, both answer with the same ids and scores in the same order.
        for (var q = 0; q < 5; q++)
        {
            var query = vectors.Unit(8);
            Assert.Equal(Search(exact, query, ids), Search(hnsw, query, ids, effort: ids));
        }
    }

    private static IMutableVectorIndex Filled(IVectorIndexFactory factory, float[][] vectors)
    {
        var index = factory.Create(new IndexShape(VectorMetric.Cosine, vectors[0].Length));
        for (var i = 0; i < vectors.Length; i++)
            index.Upsert(i, vectors[i]);
        return index;
    }

    // A result counts when its score reaches the true k-th score: among equal vectors any is as good.
    private static double Recall(IVectorIndex index, IVectorIndex exact, float[][] queries, int k) => queries.Average(query =>
    {
        var worst = Search(exact, query, k)[^1].Score;
        return Search(index, query, k).Count(found => found.Score >= worst) / (double)k;
    });
}
