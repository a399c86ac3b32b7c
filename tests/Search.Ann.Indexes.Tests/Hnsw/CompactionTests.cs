using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Tests.Statistics;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Hnsw;

public sealed class CompactionTests
{
    private const int Dimension = 48;

    [Fact]
    public void Compact_AfterManyRemovals_GivesTheirMemoryBackAndChangesNoAnswer()
    {
        var random = new RandomVectors(70);
        var vectors = random.Clustered(6_000, Dimension, clusters: 60);
        using var index = Filled(new HnswIndexFactory(), vectors);
        for (var id = 0; id < 6_000; id++)
        {
            if (id % 6 != 5) index.Remove(id);
        }
        var queries = random.Clustered(100, Dimension, clusters: 60);
        var before = Array.ConvertAll(queries, query => Search(index, query));
        var held = HeldMemory.ArraysOf(index);
        var given = index.Compact();

        GraphInvariants.Check(index);
        Assert.Equal(1_000, ((HnswIndex<CosineMetric>)index).Contents.Graph.SlotCount);
        // Five sixths of the vectors and links went; blocks are given back by halves.
        Assert.InRange(given, (long)(0.6 * held), held);
        Assert.InRange(HeldMemory.ArraysOf(index), 0, held - given * 0.99);
        Assert.Equal(before, Array.ConvertAll(queries, query => Search(index, query)));
        Assert.Equal(0, index.Compact());

        // And it goes on: what comes next finds its place.
        for (var id = 0; id < 6_000; id += 2)
            Assert.Equal(id % 6 != 5, index.Upsert(id, vectors[id]));
        GraphInvariants.Check(index);
        Assert.All(Enumerable.Range(0, 3_000), i => Assert.InRange(Search(index, vectors[2 * i])[0].Score, 0.9999f, 1f));
    }

    [Fact]
    public void Compact_OfAnEmptyAndOfAnEmptiedIndex_LeavesOneThatWorks()
    {
        using var index = new HnswIndexFactory().Create(new IndexShape(VectorMetric.Cosine, Dimension));
        Assert.Equal(0, index.Compact());
        var vectors = new RandomVectors(71).Clustered(500, Dimension, clusters: 5);
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < vectors.Length; i++)
                index.Upsert(i, vectors[i]);
            for (var i = 0; i < vectors.Length; i++)
                index.Remove(i);
            Assert.True(index.Compact() > 0);
            Assert.Empty(Search(index, vectors[0]));
            GraphInvariants.Check(index);
        }
        using var stream = new MemoryStream();
        index.Save(stream);
        stream.Position = 0;
        using var loaded = new HnswIndexFactory().Load(stream);
        Assert.True(loaded.Upsert(1, vectors[0]));
    }

    [Fact]
    public async Task Search_WhileCompacting_NeverMissesWhatStays()
    {
        var vectors = new RandomVectors(72).Clustered(4_000, 16, clusters: 40);
        using var index = Filled(new HnswIndexFactory(), vectors);
        using var exact = new ExactIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 16));
        for (var id = 0; id < 4_000; id += 4)
            exact.Upsert(id, vectors[id]);
        using var stop = new CancellationTokenSource();
        var searches = 0;
        var writer = Task.Run(() =>
        {
            for (var round = 0; round < 3 || Volatile.Read(ref searches) < 50; round++)
            {
                for (var id = 0; id < 4_000; id++)
                {
                    if (id % 4 != 0) index.Remove(id);
                }
                index.Compact();
                for (var id = 0; id < 4_000; id++)
                {
                    if (id % 4 != 0 && id % 3 == round % 3) index.Upsert(id, vectors[id]);
                }
            }
            stop.Cancel();
        }, TestContext.Current.CancellationToken);
        while (!stop.IsCancellationRequested)
        {
            var target = Interlocked.Increment(ref searches) * 4 % 4_000;
            Assert.Equal(target, Search(index, vectors[target])[0].Id);
        }
        await writer;
        GraphInvariants.Check(index);
    }

    private static IMutableVectorIndex Filled(HnswIndexFactory factory, float[][] vectors)
    {
        var index = factory.Create(new IndexShape(VectorMetric.Cosine, vectors[0].Length));
        index.UpsertAll(Enumerable.Range(0, vectors.Length).Select(i => (long)i).ToArray(), vectors.SelectMany(vector => vector).ToArray());
        return index;
    }

    private static ScoredId[] Search(IVectorIndex index, float[] query)
    {
        var results = new ScoredId[10];
        return results[..index.Search(query, 10, new SearchOptions { Effort = 60 }, results, out _)];
    }
}
