using Search.MetricLearning.Augmentation;

namespace Search.MetricLearning.Tests.Augmentation;

public sealed class ViewRandomTests
{
    [Fact]
    public void SameSeed_GivesTheSameNumbers_AndANeighbouringSeedOthers()
    {
        Assert.Equal(Numbers(7), Numbers(7));
        Assert.Empty(Numbers(7).Intersect(Numbers(8)));
        // The first number of the reference implementation, seeded by SplitMix64 from 0.
        Assert.Equal(0x53175d61490b23df >> 11, (long)(new ViewRandom(0).NextDouble() * (1ul << 53)));
    }

    [Fact]
    public void Next_ManyTimes_IsEvenOverItsRange()
    {
        var random = new ViewRandom(3);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
        {
            counts[random.Next(10)]++;
            Assert.InRange(random.Next(-3, 4), -3, 3);
            Assert.InRange(random.NextSingle(), 0, 0.99999999f);
        }
        // A binomial's deviation is 95.
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
        Assert.Equal(0, random.Next(1));
        Assert.InRange(random.Next(int.MinValue, int.MaxValue), int.MinValue, int.MaxValue - 1);
    }

    [Fact]
    public void NextDouble_ManyTimes_HasTheMomentsOfTheUniformDistribution()
    {
        var random = new ViewRandom(5);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => random.NextDouble())];
        Assert.All(values, value => Assert.InRange(value, 0, 1 - 1e-16));
        Assert.Equal(0.5, values.Average(), 0.005);
        Assert.Equal(1 / 12.0, values.Average(value => (value - 0.5) * (value - 0.5)), 0.002);
        Assert.Equal(0, values.Zip(values.Skip(1)).Average(pair => (pair.First - 0.5) * (pair.Second - 0.5)), 0.002);
    }

    private static double[] Numbers(int seed)
    {
        var random = new ViewRandom(seed);
        return [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
    }
}
