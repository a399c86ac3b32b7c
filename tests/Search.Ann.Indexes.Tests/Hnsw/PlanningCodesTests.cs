using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Tests.Tuning;
using Search.Testing.Vectors;

namespace Search.Ann.Indexes.Tests.Hnsw;

public sealed class PlanningCodesTests
{
    private const int Dimension = 40;

    [Theory]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.SquaredL2)]
    public void ALargeBatch_PlannedByCodes_MakesAGraphAsGoodAsSmallOnesPlannedByVectors(VectorMetric metric)
    {
        var all = new RandomVectors(110).Clustered(7_300, Dimension, clusters: 150);
        var (vectors, queries) = (Flat(all[..7_000]), Flat(all[7_000..]));
        using var exact = new ExactIndexFactory().Create(new IndexShape(metric, Dimension));
        exact.UpsertAll(Ids(7_000), vectors);
        var meter = Meter.Prepare(exact, queries, 10);
        using var coded = new HnswIndexFactory().Create(new IndexShape(metric, Dimension));
        // The second batch finds nodes that have no codes yet.
        coded.UpsertAll(Ids(7_000).AsMemory(0, 2_500), vectors.AsMemory(0, 2_500 * Dimension));
        coded.UpsertAll(Ids(7_000).AsMemory(2_500), vectors.AsMemory(2_500 * Dimension));
        using var plain = new HnswIndexFactory().Create(new IndexShape(metric, Dimension));
        for (var i = 0; i < 7_000; i += 500)
            plain.UpsertAll(Ids(7_000).AsMemory(i, 500), vectors.AsMemory(i * Dimension, 500 * Dimension));
        GraphInvariants.Check(coded);
        foreach (var effort in (int[])[10, 40])
        {
            var (with, without) = (meter.Measure(coded, effort), meter.Measure(plain, effort));
            Assert.InRange(with.Recall, without.Recall - 0.005, 1);
            Assert.InRange(with.DistancesPerQuery, 0, without.DistancesPerQuery * 1.03);
        }
    }

    [Fact]
    public void ALargeBatch_OnAnyNumberOfThreads_MakesTheSameGraph()
    {
        var vectors = Flat(new RandomVectors(111).Clustered(3_000, Dimension, clusters: 50));
        byte[] Saved(int threads)
        {
            using var index = new HnswIndexFactory().Create(new IndexShape(VectorMetric.Cosine, Dimension));
            index.UpsertAll(Ids(3_000), vectors, threads);
            using var stream = new MemoryStream();
            index.Save(stream);
            return stream.ToArray();
        }
        var alone = Saved(1);
        Assert.Equal(alone, Saved(2));
        Assert.Equal(alone, Saved(5));
    }

    [Fact]
    public void ALargeBatch_WithReplacementsEqualVectorsAndOneThatCannotBeStored_KeepsAllBeforeIt()
    {
        var vectors = new RandomVectors(112).Clustered(4_000, Dimension, clusters: 50);
        for (var i = 0; i < 4_000; i += 9)
            vectors[i] = vectors[i / 2];
        vectors[3_900] = Enumerable.Repeat(float.PositiveInfinity, Dimension).ToArray();
        // Every tenth comes under the id of one before it.
        var ids = Enumerable.Range(0, 4_000).Select(i => (long)(i % 10 == 7 ? i / 3 : i)).ToArray();
        using var index = new HnswIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, Dimension));
        using var exact = new ExactIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, Dimension));
        Assert.Throws<InvalidVectorException>(() => index.UpsertAll(ids, Flat(vectors)));
        exact.UpsertAll(ids.AsMemory(0, 3_900), Flat(vectors[..3_900]));
        GraphInvariants.Check(index);
        Assert.Equal(exact.ListIds(), index.ListIds());
        var (stored, expected) = (new float[Dimension], new float[Dimension]);
        foreach (var id in exact.ListIds())
        {
            Assert.True(index.TryGetVector(id, stored) && exact.TryGetVector(id, expected));
            Assert.Equal(expected, stored);
        }
        Assert.InRange(Meter.Prepare(exact, Flat(vectors[..300]), 10).Measure(index, 40).Recall, 0.99, 1);
    }

    private static long[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i)];

    private static float[] Flat(float[][] vectors) => [.. vectors.SelectMany(vector => vector)];
}
