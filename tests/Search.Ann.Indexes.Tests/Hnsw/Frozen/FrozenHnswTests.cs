using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Hnsw.Frozen;
using Search.Ann.Indexes.Tests.Statistics;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Hnsw.Frozen;

public sealed class FrozenHnswTests
{
    private const int Dimension = 40;

    public static TheoryData<VectorMetric> Metrics => [.. Enum.GetValues<VectorMetric>()];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void Search_FindsWhatTheLiveGraphFinds_WithTheScoresOfExactSearch(VectorMetric metric)
    {
        var random = new RandomVectors(1);
        var vectors = random.Clustered(5_000, Dimension, clusters: 300);
        using var live = Filled(new HnswIndexFactory().Create(new IndexShape(metric, Dimension)), vectors);
        using var exact = Filled(new ExactIndexFactory().Create(new IndexShape(metric, Dimension)), vectors);
        using var frozen = HnswFreezer.Freeze(live);
        Assert.Equal((metric, Dimension, vectors.Length), (frozen.Metric, frozen.Dimension, frozen.Count));

        double liveHits = 0, frozenHits = 0;
        foreach (var query in random.Clustered(200, Dimension, clusters: 300))
        {
            var truth = Search(exact, query, 10, effort: 0).ToDictionary(r => r.Id, r => r.Score);
            liveHits += Search(live, query, 10, effort: 40).Count(r => truth.ContainsKey(r.Id));
            foreach (var result in Search(frozen, query, 10, effort: 40))
            {
                if (!truth.TryGetValue(result.Id, out var score)) continue;
                frozenHits++;
                // The codes only lead the way: what is returned is scored by the vectors.
                Assert.Equal(score, result.Score);
            }
        }
        Assert.InRange(frozenHits / 2_000, liveHits / 2_000 - 0.01, 1);
    }

    [Fact]
    public void Lookup_OfEveryId_AlsoOfEqualVectors_GivesItsVector()
    {
        var random = new RandomVectors(2);
        var vectors = random.Clustered(900, Dimension, clusters: 50);
        for (var i = 0; i < vectors.Length; i += 4)
            vectors[i] = vectors[i % 24]; // several ids a node
        using var live = Filled(new HnswIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, Dimension)), vectors);
        using var frozen = HnswFreezer.Freeze(live);
        var stored = new float[Dimension];
        for (var id = 0; id < vectors.Length; id++)
        {
            Assert.True(frozen.Contains(id));
            Assert.True(frozen.TryGetVector(id, stored));
            Assert.Equal(vectors[id], stored);
        }
        Assert.False(frozen.Contains(-1));
        Assert.False(frozen.TryGetVector(vectors.Length, stored));
        var equal = Enumerable.Range(0, vectors.Length).Where(i => vectors[i].AsSpan().SequenceEqual(vectors[4])).Select(i => (long)i).ToArray();
        Assert.Equal(equal, Search(frozen, vectors[4], equal.Length, effort: 200).Select(r => r.Id));
    }

    [Fact]
    public void Freeze_ThenWritesToTheLiveIndex_DoNotShow()
    {
        var vectors = new RandomVectors(3).Clustered(300, Dimension, clusters: 10);
        using var live = Filled(new HnswIndexFactory().Create(new IndexShape(VectorMetric.Cosine, Dimension)), vectors);
        using var frozen = HnswFreezer.Freeze(live);
        for (var id = 0; id < 300; id += 2)
            live.Remove(id);
        Assert.Equal(300, frozen.Count);
        Assert.Equal(0, Search(frozen, vectors[0], 1, effort: 50)[0].Id);
    }

    [Fact]
    public void Search_OfAnEmptyOrTinyIndex_HasItsDefinedAnswers()
    {
        using var live = new HnswIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 3));
        using var empty = HnswFreezer.Freeze(live);
        Assert.Empty(Search(empty, [1, 2, 3], 5, effort: 0));
        live.Upsert(9, [1, 0, 0]);
        live.Upsert(8, [0, 1, 0]);
        using var two = HnswFreezer.Freeze(live);
        Assert.Equal([9L, 8L], Search(two, [1, 0.1f, 0], 50, effort: 0).Select(r => r.Id));
        Assert.Throws<InvalidVectorException>(() => Search(two, [0, 0, 0], 1, effort: 0));
        Assert.Throws<InvalidVectorException>(() => Search(two, [1, 0], 1, effort: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => two.Search([1, 0, 0], 0, default, [], out _));
        using var exact = new ExactIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 3));
        Assert.Throws<ArgumentException>(() => HnswFreezer.Freeze(exact));
    }

    [Fact]
    public void Search_OnceWarm_AllocatesNothing()
    {
        var random = new RandomVectors(4);
        using var live = Filled(new HnswIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, Dimension)), random.Clustered(2_000, Dimension, clusters: 40));
        using var frozen = HnswFreezer.Freeze(live);
        var queries = random.Clustered(50, Dimension, clusters: 40);
        var results = new ScoredId[20];
        foreach (var query in queries)
            frozen.Search(query, 20, default, results, out _);
        Assert.Equal(0, Allocations.Of(() =>
        {
            foreach (var query in queries)
                frozen.Search(query, 20, default, results, out _);
        }));
    }

    [Fact]
    public void Load_OfASavedIndex_AnswersTheSame_AndAnyFlippedBitIsRefused()
    {
        var random = new RandomVectors(5);
        using var live = Filled(new HnswIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 12)), random.Clustered(250, 12, clusters: 20));
        using var frozen = HnswFreezer.Freeze(live);
        using var stream = new MemoryStream();
        frozen.Save(stream);
        var saved = stream.ToArray();
        using var loaded = HnswFreezer.Load(new MemoryStream(saved));
        foreach (var query in random.Clustered(30, 12, clusters: 20))
            Assert.Equal(Search(frozen, query, 10, effort: 30), Search(loaded, query, 10, effort: 30));
        for (var at = 0; at < saved.Length; at += 97)
        {
            var damaged = saved.ToArray();
            damaged[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => HnswFreezer.Load(new MemoryStream(damaged)));
        }
        Assert.Throws<InvalidDataException>(() => HnswFreezer.Load(new MemoryStream(saved[..^5])));
    }

    private static IMutableVectorIndex Filled(IMutableVectorIndex index, float[][] vectors)
    {
        index.UpsertAll(Enumerable.Range(0, vectors.Length).Select(i => (long)i).ToArray(), vectors.SelectMany(v => v).ToArray());
        return index;
    }

    private static ScoredId[] Search(IVectorIndex index, float[] query, int k, int effort)
    {
        var results = new ScoredId[Math.Min(k, Math.Max(1, index.Count))];
        return results[..index.Search(query, k, new SearchOptions { Effort = effort }, results, out _)];
    }
}
