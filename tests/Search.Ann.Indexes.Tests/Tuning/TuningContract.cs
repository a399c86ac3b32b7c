using Search.Ann.Indexes.Tuning;
using Search.Testing.Vectors;

namespace Search.Ann.Indexes.Tests.Tuning;

/// <summary>What tuning promises for every approximate kind of index.</summary>
public abstract class TuningContract
{
    private const int Dimension = 32;

    protected abstract IVectorIndexFactory Factory { get; }

    [Theory]
    [InlineData(VectorMetric.Cosine, 0.9)]
    [InlineData(VectorMetric.SquaredL2, 0.98)]
    public void Tune_OnQueriesMadeFromTheIndex_ReachesTheTargetOnFreshOnes(VectorMetric metric, double target)
    {
        var all = new RandomVectors(90).Clustered(9_500, Dimension, clusters: 120);
        var (vectors, fresh) = (all[..9_000], all[9_000..]);
        using var index = Filled(metric, vectors);
        var meter = Meter.Prepare(index, QuerySample.Draw(index, 400), 10);
        var tuned = EffortTuner.Tune(index, meter, new EffortTunerOptions { TargetRecall = target });

        Assert.Equal(TuningOutcome.Reached, tuned.Outcome);
        Assert.True(tuned.ReachesTarget);
        Assert.InRange(tuned.Effort, 10, vectors.Length - 1);
        Assert.Equal((tuned.Effort, 400, 10), (tuned.Measured.Effort, tuned.Measured.Queries, tuned.Measured.K));
        Assert.InRange(tuned.Measured.Recall, tuned.Measured.Low, tuned.Measured.High);
        Assert.InRange(tuned.Measured.DistancesPerQuery, 10, vectors.Length);
        // The least that does, but for the precision: what was tried below it does not.
        Assert.All(tuned.Tried.Where(tried => tried.Effort < tuned.Effort), tried => Assert.True(tried.Low < target));

        // The interval is at 95 %, and fresh queries bring a chance of their own: hence a hundredth.
        var held = Meter.Prepare(index, fresh.SelectMany(vector => vector).ToArray(), 10).Measure(index, tuned.Effort);
        Assert.True(held.Recall >= target - 0.01, $"target {target}, chosen {tuned.Measured}, fresh {held}");
        // And it is no waste: half the effort would not do, unless it is less than any search takes.
        Assert.True(tuned.Effort == 10 || meter.Measure(index, Math.Max(10, tuned.Effort / 2)).Low < target);
    }

    [Fact]
    public void Tune_ForWhatNoSampleCanProve_TakesALookAtEverythingAndSaysSo()
    {
        using var index = Filled(VectorMetric.Cosine, new RandomVectors(91).Clustered(3_000, Dimension, clusters: 30));
        var meter = Meter.Prepare(index, QuerySample.Draw(index, 50), 10);
        foreach (var target in (double[])[1, 0.95])
        {
            // 50 queries without a miss prove 0.942.
            var tuned = EffortTuner.Tune(index, meter, new EffortTunerOptions { TargetRecall = target });
            Assert.Equal((3_000, TuningOutcome.Exhaustive, true), (tuned.Effort, tuned.Outcome, tuned.ReachesTarget));
            Assert.Equal(1, tuned.Measured.Recall);
            Assert.Equal(3_000, tuned.Measured.DistancesPerQuery);
        }
        var capped = EffortTuner.Tune(index, meter, new EffortTunerOptions { TargetRecall = 1, MostEffort = 64 });
        Assert.Equal((64, TuningOutcome.MostEffort, false), (capped.Effort, capped.Outcome, capped.ReachesTarget));
        var hurried = EffortTuner.Tune(index, meter, new EffortTunerOptions { TargetRecall = 0.9, TimeLimit = TimeSpan.Zero });
        Assert.NotEmpty(hurried.Tried);
    }

    [Fact]
    public void DefaultEffort_OnceSet_IsThatOfSearchesThatNameNone()
    {
        using var index = Filled(VectorMetric.Cosine, new RandomVectors(93).Clustered(3_000, Dimension, clusters: 30));
        var tunable = Assert.IsAssignableFrom<ITunableIndex>(index);
        var meter = Meter.Prepare(index, QuerySample.Draw(index, 30), 10);
        Assert.Equal(meter.Measure(index, tunable.DefaultEffort).DistancesPerQuery, meter.Measure(index, 0).DistancesPerQuery);
        tunable.DefaultEffort = 40;
        Assert.Equal(meter.Measure(index, 40).DistancesPerQuery, meter.Measure(index, 0).DistancesPerQuery);
        Assert.Contains("40", index.Describe().Options.Values);
        tunable.DefaultEffort = 3_000;
        Assert.Equal((1d, 3_000d), (meter.Measure(index, 0).Recall, meter.Measure(index, 0).DistancesPerQuery));
        Assert.Throws<ArgumentOutOfRangeException>(() => tunable.DefaultEffort = 0);
    }

    [Fact]
    public void Tune_OfTheSameIndexWithTheSameSeed_ChoosesTheSame_OnAnyNumberOfThreads()
    {
        using var index = Filled(VectorMetric.Cosine, new RandomVectors(92).Clustered(4_000, Dimension, clusters: 40));
        var queries = QuerySample.Draw(index, 300, seed: 3);
        Assert.Equal(queries, QuerySample.Draw(index, 300, seed: 3));
        Assert.NotEqual(queries, QuerySample.Draw(index, 300, seed: 4));
        var alone = EffortTuner.Tune(index, Meter.Prepare(index, queries, 5, threads: 1));
        var together = EffortTuner.Tune(index, Meter.Prepare(index, queries, 5, threads: 3));
        Assert.Equal(alone.Tried, together.Tried);
        Assert.Equal(alone.Effort, together.Effort);
    }

    [Fact]
    public void Recall_OfAnEmptyAndOfATinyIndex_IsOne()
    {
        using var index = Factory.Create(new IndexShape(VectorMetric.Cosine, Dimension));
        Assert.Empty(QuerySample.Draw(index, 10));
        Assert.Equal(1, Meter.Prepare(index, new RandomVectors(1).Unit(Dimension), 10).Measure(index, 0).Recall);
        for (var i = 0; i < 3; i++)
        {
            index.Upsert(i, new RandomVectors(i).Unit(Dimension));
            var meter = Meter.Prepare(index, QuerySample.Draw(index, 10), 10);
            Assert.Equal((10, 1d), (meter.Queries, meter.Measure(index, 0).Recall));
            Assert.Equal(TuningOutcome.Exhaustive, EffortTuner.Tune(index, meter).Outcome);
        }
    }

    private IMutableVectorIndex Filled(VectorMetric metric, float[][] vectors)
    {
        var index = Factory.Create(new IndexShape(metric, Dimension));
        index.UpsertAll(Enumerable.Range(0, vectors.Length).Select(i => (long)i).ToArray(), vectors.SelectMany(vector => vector).ToArray());
        return index;
    }
}
