using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tests.Tuning;
using Search.Ann.Indexes.Tuning;
using Search.Testing.Vectors;

namespace Search.Ann.Indexes.Tests.Lsh;

public sealed class LshTunerTests
{
    [Theory]
    [InlineData(VectorMetric.Cosine)]
    [InlineData(VectorMetric.SquaredL2)]
    public void Choose_ForATarget_TakesTheFewestTablesOfThoseNearTheLowestPrice_AndTheyReachItOnFreshQueries(VectorMetric metric)
    {
        var all = new RandomVectors(95).Clustered(4_300, 24, clusters: 60);
        using var data = new ExactIndexFactory().Create(new IndexShape(metric, 24));
        for (var i = 0; i < 4_000; i++)
            data.Upsert(i, all[i]);
        var tuned = LshTuner.Choose(data, 10, new EffortTunerOptions { TargetRecall = 0.9, Precision = 0.1 }, TestContext.Current.CancellationToken);

        Assert.Equal(4, tuned.Tried.Count);
        Assert.All(tuned.Tried, tried => Assert.True(tried.Effort.ReachesTarget));
        var lowest = tuned.Tried.Min(tried => tried.Price);
        Assert.True(tuned.Chosen.Price <= 1.25 * lowest);
        Assert.DoesNotContain(tuned.Tried, tried => tried.Price <= 1.25 * lowest && tried.Design.Tables < tuned.Options.Tables);
        // More tables find the same with fewer candidates, and take more memory: what there is to choose between.
        var (few, many) = (tuned.Tried.First(tried => tried.Design.Tables == 4), tuned.Tried.First(tried => tried.Design.Tables == 32));
        Assert.True(few.Effort.Measured.DistancesPerQuery > many.Effort.Measured.DistancesPerQuery);
        Assert.True(few.Bytes < many.Bytes / 2);

        using var index = new LshIndexFactory(tuned.Options).Create(new IndexShape(metric, 24));
        index.UpsertAll(data.ListIds(), all[..4_000].SelectMany(vector => vector).ToArray());
        var fresh = Meter.Prepare(data, all[4_000..].SelectMany(vector => vector).ToArray(), 10).Measure(index, 0);
        Assert.True(fresh.Recall >= 0.89, $"chosen {tuned.Options}, fresh {fresh}");
    }

    [Fact]
    public void Choose_ForAnEmptyIndex_IsRefused()
    {
        using var data = new ExactIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 4));
        Assert.Throws<ArgumentException>(() => LshTuner.Choose(data, 10, cancellation: TestContext.Current.CancellationToken));
    }
}
