using Search.MetricLearning.Training;

namespace Search.MetricLearning.Tests.Training;

public sealed class WarmupCosineTests
{
    [Fact]
    public void At_WholeRun_RisesToOneThenFallsTowardsZero()
    {
        double[] rates = [.. Enumerable.Range(0, 100).Select(step => WarmupCosine.At(step, 10, 100))];
        Assert.Equal(1, rates[10]);
        Assert.All(rates[..10].Zip(rates[1..11]), p => Assert.True(p.First < p.Second));
        Assert.All(rates[10..^1].Zip(rates[11..]), p => Assert.True(p.First > p.Second));
        Assert.InRange(rates[99], double.Epsilon, 0.001);
    }

    [Fact]
    public void At_OutsideTheRun_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => WarmupCosine.At(-1, 10, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => WarmupCosine.At(100, 10, 100));
    }
}
