using Search.Ann.Indexes.Exact;
using Search.Ann.Indexes.Hnsw;
using Search.Ann.Indexes.Lsh;
using Search.Ann.Indexes.Tree;
using Search.Ann.Indexes.Tuning;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Ann.Indexes.Tests.Tuning;

public sealed class HnswTuningTests : TuningContract
{
    protected override IVectorIndexFactory Factory { get; } = new HnswIndexFactory();
}

public sealed class ForestTuningTests : TuningContract
{
    protected override IVectorIndexFactory Factory { get; } = new ForestIndexFactory();
}

public sealed class LshTuningTests : TuningContract
{
    protected override IVectorIndexFactory Factory { get; } = new LshIndexFactory();
}

public sealed class RecallMeterTests
{
    [Fact]
    public void Measure_CountsWhatAnIndexMisses()
    {
        // The index to be measured lacks half of what the oracle has, so of four neighbours it finds two.
        using var oracle = new ExactIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, 1));
        using var half = new ExactIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, 1));
        for (var i = 0; i < 1_000; i++)
        {
            oracle.Upsert(i, [i]);
            if (i % 2 == 0) half.Upsert(i, [i]);
        }
        // Between two, the four nearest are two even and two odd ones.
        var queries = Enumerable.Range(10, 100).Select(i => i + 0.5f).ToArray();
        var measured = Meter.Prepare(oracle, queries, 4).Measure(half, 0);
        Assert.Equal(0.5, measured.Recall);
        Assert.Equal(500, measured.DistancesPerQuery);
        // All alike, so all that is uncertain is the one query more that had found nothing, or all: 50 of 101, or 51.
        Assert.Equal(0.4854, measured.Low, 1e-4);
        Assert.Equal(0.5146, measured.High, 1e-4);
    }

    [Fact]
    public void Of_AnswersFromElsewhere_MeasuresAsWithAnOracle()
    {
        var random = new RandomVectors(3);
        using var index = new HnswIndexFactory().Create(new IndexShape(VectorMetric.SquaredL2, 16));
        using var exact = new ExactIndexFactory().Create(index.Describe().Shape);
        for (var i = 0; i < 2_000; i++)
        {
            var vector = random.Gaussian(16);
            index.Upsert(i, vector);
            exact.Upsert(i, vector);
        }
        var queries = Enumerable.Range(0, 50).SelectMany(_ => random.Gaussian(16)).ToArray();
        var results = new ScoredId[10];
        var worst = queries.Chunk(16).Select(query => results[exact.Search(query, 10, default, results, out _) - 1].Score).ToArray();
        var measured = RecallMeter.Of(queries, 16, 10, worst).Measure(index, 10);
        Assert.InRange(measured.Recall, 0.3, 0.99);
        Assert.Equal(Meter.Prepare(exact, queries, 10).Measure(index, 10), measured);
        Assert.Throws<ArgumentException>(() => RecallMeter.Of(queries, 16, 10, worst[1..]));
    }

    [Fact]
    public void Interval_OfManySamples_HoldsTheirTrueMean()
    {
        // Queries of a rare kind miss half, the others nothing: a mean of 0.985 that 100 queries at a time are to bracket.
        var random = new Random(7);
        var (held, below) = (0, 0);
        for (var sample = 0; sample < 1_000; sample++)
        {
            var shares = Enumerable.Range(0, 100).Select(_ => random.NextDouble() < 0.03 ? 0.5 : 1).ToArray();
            var (low, high) = RecallInterval.Of(shares);
            held += low <= 0.985 && 0.985 <= high ? 1 : 0;
            below += low <= 0.985 ? 1 : 0;
        }
        Assert.InRange(held, 930, 1_000);
        // The end that promises something is the one that must hold.
        Assert.InRange(below, 970, 1_000);
        Assert.Equal((0d, 1d), RecallInterval.Of([]));
        Assert.Equal(1 - 3d / 1_000, RecallInterval.Best(1_000), 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Tune_ForATargetThatIsNoRecall_IsRefused(double target)
    {
        using var index = new ExactIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 4));
        var meter = Meter.Prepare(index, new RandomVectors(1).Unit(4), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => EffortTuner.Tune(index, meter, new EffortTunerOptions { TargetRecall = target }));
    }

    [Fact]
    public void Prepare_WithQueriesThatCannotBeCompared_IsRefused()
    {
        using var index = new ExactIndexFactory().Create(new IndexShape(VectorMetric.Cosine, 4));
        index.Upsert(1, [1, 2, 3, 4]);
        Assert.Throws<ArgumentException>(() => Meter.Prepare(index, new float[5], 1));
        Assert.Throws<InvalidVectorException>(() => Meter.Prepare(index, new float[8], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Meter.Prepare(index, new float[8], 0));
    }
}
