namespace Search.Evaluation.Tests;

public sealed class ConfidenceIntervalTests
{
    [Fact]
    public void Bootstrap_CoinTosses_MatchesTheNormalApproximation()
    {
        // 400 tosses, 300 heads: standard error sqrt(.75 * .25 / 400) = 0.02165, 95 % is 1.96 of them.
        double[] values = [.. Enumerable.Range(0, 400).Select(i => i < 300 ? 1.0 : 0.0)];
        var interval = ConfidenceInterval.Bootstrap(values, draws: 5000);
        Assert.Equal(0.75, interval.Mean, 1e-12);
        Assert.Equal(0.75 - 1.96 * 0.02165, interval.Lower, 0.004);
        Assert.Equal(0.75 + 1.96 * 0.02165, interval.Upper, 0.004);
    }

    [Fact]
    public void Bootstrap_ManySamples_CoversTheTruthAboutAsOftenAsItSays()
    {
        var random = new Random(17);
        var covered = 0;
        for (var trial = 0; trial < 400; trial++)
        {
            double[] sample = [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble() < 0.8 ? 1.0 : 0.0)];
            var interval = ConfidenceInterval.Bootstrap(sample, draws: 300, seed: trial);
            if (interval.Lower <= 0.8 && 0.8 <= interval.Upper)
                covered++;
        }
        Assert.InRange(covered / 400.0, 0.90, 0.98);
    }

    [Fact]
    public void Bootstrap_SameSeed_IsTheSame()
    {
        double[] values = [0.1, 0.7, 0.4, 0.9];
        Assert.Equal(ConfidenceInterval.Bootstrap(values, seed: 5), ConfidenceInterval.Bootstrap(values, seed: 5));
        Assert.NotEqual(ConfidenceInterval.Bootstrap(values, seed: 5), ConfidenceInterval.Bootstrap(values, seed: 6));
    }

    [Fact]
    public void Bootstrap_NoneOrEqualValues_HasNoWidth()
    {
        Assert.Equal(default, ConfidenceInterval.Bootstrap([]));
        Assert.Equal(new ConfidenceInterval(0.5, 0.5, 0.5), ConfidenceInterval.Bootstrap([0.5]));
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 100)]
    [InlineData(double.NaN, 100)]
    [InlineData(0.95, 0)]
    public void Bootstrap_ImpossibleArguments_AreRefused(double level, int draws) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceInterval.Bootstrap([1.0], level, draws));
}
