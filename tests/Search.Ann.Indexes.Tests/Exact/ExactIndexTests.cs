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
}
