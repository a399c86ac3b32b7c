using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Tests.Tuning;
using Search.Testing.Vectors;

namespace Search.Ann.Indexes.Tests.Hnsw;

public sealed class AlphaTests
{
    [Theory]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.SquaredL2)]
    public void LargerAlpha_KeepsMoreLinksAndFindsMoreAtTheSameEffort(VectorMetric metric)
    {
        var all = new RandomVectors(80).Clustered(6_400, 32, clusters: 60);
        var vectors = all[..6_000].SelectMany(vector => vector).ToArray();
        var queries = all[6_000..].SelectMany(vector => vector).ToArray();
        using var exact = new ExactIndexFactory().Create(new IndexShape(metric, 32));
        var ids = Enumerable.Range(0, 6_000).Select(i => (long)i).ToArray();
        exact.UpsertAll(ids, vectors);
        var meter = Meter.Prepare(exact, queries, 10);
        var (degree, recall) = (0d, 0d);
        foreach (var alpha in (float[])[1, 1.1f])
        {
            using var hnsw = new HnswIndexFactory(new HnswOptions { Alpha = alpha }).Create(new IndexShape(metric, 32));
            hnsw.UpsertAll(ids, vectors);
            GraphInvariants.Check(hnsw);
            var (links, measured) = (hnsw.Describe().Structure[0].Mean, meter.Measure(hnsw, 10));
            Assert.True(links > degree + 0.5, $"alpha {alpha}: {links} links after {degree}");
            Assert.True(measured.Recall >= recall, $"alpha {alpha}: {measured} after {recall}");
            (degree, recall) = (links, measured.Recall);
        }
    }

    [Fact]
    public void Nearer_ByAlpha_IsTheScoreAtTheDistanceDividedByIt()
    {
        // At distance 6, divided by 1.5: 4. Unit vectors at distance 0.6 have cosine 1 − 0.36 / 2.
        Assert.Equal(-16f, SquaredL2Metric.Nearer(-36, 2.25f), 1e-5f);
        Assert.Equal(1 - 0.16f / 2, CosineMetric.Nearer(1 - 0.36f / 2, 2.25f), 1e-6f);
        Assert.Equal(0.3f, CosineMetric.Nearer(0.3f, 1));
        Assert.Equal(5f, InnerProductMetric.Nearer(5, 2.25f));
    }

    [Theory]
    [InlineData(0.9f)]
    [InlineData(2.1f)]
    [InlineData(float.NaN)]
    public void Alpha_OutOfRange_IsRefused(float alpha) => Assert.Throws<ArgumentOutOfRangeException>(() => new HnswOptions { Alpha = alpha });

    [Fact]
    public void Load_OfAFileOfVersion1_IsAGraphOfThePapersRule()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Hnsw", "Files", "hnsw-1.bin"));
        using var index = new HnswIndexFactory(new HnswOptions { Alpha = 1.5f }).Load(file);
        GraphInvariants.Check(index);
        Assert.Equal(("1", "4", "20"), (index.Describe().Options["Alpha"], index.Describe().Options["M"], index.Describe().Options["EfConstruction"]));
        // 60 vectors of integers, every seventh removed.
        Assert.Equal(Enumerable.Range(0, 60).Where(i => i % 7 != 0).Select(i => (long)i), index.ListIds());
        var vector = new float[6];
        Assert.True(index.TryGetVector(8, vector));
        Assert.Equal([.. Enumerable.Range(0, 6).Select(d => 8f * (d + 3) % 17 - 8 % 5 * d)], vector);

        using var written = new MemoryStream();
        index.Save(written);
        written.Position = 0;
        using var again = new HnswIndexFactory().Load(written);
        Assert.Equal(index.ListIds(), again.ListIds());
    }
}
