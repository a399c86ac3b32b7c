using Search.MetricLearning.Components;
using Search.MetricLearning.Miners;
using Search.MetricLearning.Pairs;
using Search.MetricLearning.Tests.Losses;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Miners;

/// <summary>What every miner of the catalogue keeps, and each one's own rule as nested loops.</summary>
public sealed class TripletMinerTests
{
    private const double Margin = 1;

    public static TheoryData<string> Miners => [.. MinerCatalogue.Default.Names];

    [Theory, MemberData(nameof(Miners))]
    public void Mine_AnyBatch_PairsEachAnchorWithItsLabelAndAnother(string name)
    {
        var mined = 0;
        foreach (var (batch, triplets) in Mined(name))
            for (var i = 0; i < triplets.Count; i++)
            {
                int a = (int)triplets.Anchors[i], p = (int)triplets.Positives[i], n = (int)triplets.Negatives[i];
                Assert.True(batch.Positive(a, p) && batch.Negative(a, n));
                mined++;
            }
        Assert.True(mined > 50, $"only {mined} triplets");
    }

    [Theory, MemberData(nameof(Miners))]
    public void Mine_SameSeed_GivesTheSameTriplets(string name) =>
        Assert.Equal(Mined(name).Select(m => Text(m.Triplets)), Mined(name).Select(m => Text(m.Triplets)));

    [Theory, MemberData(nameof(Miners))]
    public void Mine_NothingToPair_GivesNoTriplets(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var labels in (long[][])[[], [0], [0, 0, 0], [0, 1, 2]])
        {
            var batch = PairBatch.Create(rand(labels.Length, 4), labels.Length == 0 ? zeros(0, dtype: ScalarType.Int64) : tensor(labels));
            Assert.Equal(0, Create(name).Mine(batch, new Random(1)).Count);
        }
    }

    [Theory, MemberData(nameof(Miners))]
    public void Mine_EqualEmbeddings_DoesNotFail(string name)
    {
        using var scope = NewDisposeScope();
        var triplets = Create(name).Mine(PairBatch.Create(ones(6, 4), tensor(new long[] { 0, 0, 1, 1, 2, 2 })), new Random(1));
        Assert.Equal(name == SemiHardMiner.MinerName ? 0 : 6, triplets.Count);
    }

    [Fact]
    public void Hard_EachAnchor_HasItsFarthestPositiveAndNearestNegative() => RequireOnePerAnchor(HardMiner.MinerName, (c, a) =>
        (Positives(c, a).MaxBy(p => Distance(c, a, p)), Negatives(c, a).MinBy(n => Distance(c, a, n))));

    [Fact]
    public void EasyPositive_EachAnchor_HasItsNearestPositiveAndNearestNegative() => RequireOnePerAnchor(EasyPositiveMiner.MinerName, (c, a) =>
        (Positives(c, a).MinBy(p => Distance(c, a, p)), Negatives(c, a).MinBy(n => Distance(c, a, n))));

    [Fact]
    public void SemiHard_EachPair_HasTheNearestNegativeBeyondThePositiveAndWithinTheMargin()
    {
        foreach (var (batch, triplets) in Mined(SemiHardMiner.MinerName))
        {
            var expected =
                from a in Enumerable.Range(0, batch.Labels.Length)
                from p in Positives(batch, a)
                let near = Distance(batch, a, p)
                let between = Negatives(batch, a).Where(n => near < Distance(batch, a, n) && Distance(batch, a, n) < near + Margin).ToArray()
                where between.Length > 0
                select (a, p, between.MinBy(n => Distance(batch, a, n)));
            Assert.Equal(expected.Order(), Tuples(triplets).Order());
        }
    }

    [Fact]
    public void Random_EachPositivePair_HasOneNegative_AndAllAreDrawn()
    {
        using var scope = NewDisposeScope();
        var batch = LossCase.Random(3) with { Labels = [0, 0, 1, 1, 1, 2, 2] };
        batch = batch with { Rows = [.. Enumerable.Range(0, 7).Select(i => LossCase.Random(i).Rows[0])] };
        var seen = new HashSet<(int, int, int)>();
        for (var seed = 0; seed < 300; seed++)
        {
            var tuples = Tuples(Create(RandomMiner.MinerName).Mine(batch.Pairs(batch.Embeddings()), new Random(seed))).ToArray();
            Assert.Equal(2 + 6 + 2, tuples.Select(t => (t.A, t.P)).Distinct().Count());
            Assert.Equal(10, tuples.Length);
            seen.UnionWith(tuples);
        }
        Assert.Equal(2 * 5 + 6 * 4 + 2 * 5, seen.Count);
    }

    [Fact]
    public void DistanceWeighted_FarNegatives_AreNeverDrawn()
    {
        foreach (var (batch, triplets) in Mined(DistanceWeightedMiner.MinerName))
        {
            Assert.All(Tuples(triplets), t => Assert.True(Distance(batch, t.A, t.N) < 1.4));
            Assert.Equal(
                Enumerable.Range(0, batch.Labels.Length).Sum(a => Negatives(batch, a).Any(n => Distance(batch, a, n) < 1.4) ? Positives(batch, a).Count() : 0),
                triplets.Count);
        }
    }

    [Fact]
    public void DistanceWeighted_ManyDraws_FollowTheInverseDensity()
    {
        using var scope = NewDisposeScope();
        // Negatives of an anchor at the pole, in four dimensions: q(d) ∝ d² (1 − d²/4)^½; the nearest one counts as if at the cut-off.
        double[] distances = [0.2, 0.7, 1.0, 1.3, 1.7];
        double[][] rows = [[1, 0, 0, 0], [0, 1, 0, 0], .. distances.Select(d => new[] { 1 - d * d / 2, 0, Math.Sqrt(1 - Math.Pow(1 - d * d / 2, 2)), 0 })];
        var batch = PairBatch.Create(tensor(rows.SelectMany(r => r).ToArray()).reshape(-1, 4), tensor(new long[] { 0, 0, 1, 1, 1, 1, 1 }));
        double[] expected = [.. distances.Select(d => Math.Max(d, 0.5)).Select(d => d > 1.4 ? 0 : 1 / (d * d * Math.Sqrt(1 - d * d / 4)))];
        var counts = new int[5];
        const int draws = 20_000;
        var random = new Random(5);
        var miner = Create(DistanceWeightedMiner.MinerName);
        for (var i = 0; i < draws; i++)
            counts[Tuples(miner.Mine(batch, random)).Single(t => t.A == 0).N - 2]++;
        // Five standard deviations of a share near one half are 0.018.
        Assert.All(expected.Zip(counts), p => Assert.Equal(p.First / expected.Sum(), p.Second / (double)draws, 0.018));
    }

    [Fact]
    public void LogWeight_ServingDimension_StaysFiniteWhereTheDensityDoesNot()
    {
        foreach (var distance in (double[])[0.01, 0.5, 1.4, 2])
            Assert.True(double.IsFinite(DistanceWeightedMiner.LogWeight(distance, 128)));
        Assert.True(Math.Exp(DistanceWeightedMiner.LogWeight(0.01, 512)) is double.PositiveInfinity);
    }

    [Theory]
    [InlineData(0.5, 0.4)]
    [InlineData(0, 1)]
    [InlineData(0.5, 2.1)]
    [InlineData(double.NaN, 1)]
    public void DistanceWeighted_CutOffsThatAreNoRange_AreRefused(double cutOff, double far) =>
        Assert.Throws<ArgumentException>(() => new DistanceWeightedMiner(new() { CutOff = cutOff, NonZeroLossCutOff = far }));

    private static void RequireOnePerAnchor(string name, Func<LossCase, int, (int P, int N)> rule)
    {
        foreach (var (batch, triplets) in Mined(name))
        {
            var expected = Enumerable.Range(0, batch.Labels.Length)
                .Where(a => Positives(batch, a).Any() && Negatives(batch, a).Any())
                .Select(a => (a, rule(batch, a).P, rule(batch, a).N));
            Assert.Equal(expected, Tuples(triplets));
        }
    }

    private static List<(LossCase Batch, Triplets Triplets)> Mined(string name)
    {
        using var scope = NewDisposeScope();
        List<(LossCase, Triplets)> mined = [];
        for (var seed = 0; seed < 60; seed++)
        {
            var batch = LossCase.Random(seed, memory: seed % 2 * 5);
            mined.Add((batch, Create(name).Mine(batch.Pairs(batch.Embeddings()), new Random(seed))));
        }
        return mined;
    }

    private static TripletMiner Create(string name) => MinerCatalogue.Default[name].Create(new ComponentOptions { Name = name }, new EmbeddingShape(4, 1));

    private static IEnumerable<(int A, int P, int N)> Tuples(Triplets triplets) =>
        Enumerable.Range(0, triplets.Count).Select(i => ((int)triplets.Anchors[i], (int)triplets.Positives[i], (int)triplets.Negatives[i]));

    private static string Text(Triplets triplets) => string.Join(' ', Tuples(triplets));

    private static IEnumerable<int> Positives(LossCase c, int a) => Enumerable.Range(0, c.References.Length).Where(p => c.Positive(a, p));

    private static IEnumerable<int> Negatives(LossCase c, int a) => Enumerable.Range(0, c.References.Length).Where(n => c.Negative(a, n));

    private static double Distance(LossCase c, int a, int b) => Math.Sqrt(c.Rows[a].Zip(c.References[b], (x, y) => (x - y) * (x - y)).Sum());
}
