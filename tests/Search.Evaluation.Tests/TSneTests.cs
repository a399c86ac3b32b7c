using Search.Testing.Vectors;

namespace Search.Evaluation.Tests;

public sealed class TSneTests
{
    [Fact]
    public void Map_ThreeClusters_KeepsNeighboursTogether()
    {
        const int count = 150, clusters = 3;
        var rows = new RandomVectors(4).Clustered(count, 16, clusters, spread: 0.3).SelectMany(r => r).ToArray();
        var map = TSne.Map(16, rows, perplexity: 15);
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var nearest = Enumerable.Range(0, count).Where(j => j != i).MinBy(j => Math.Pow(map[i].X - map[j].X, 2) + Math.Pow(map[i].Y - map[j].Y, 2));
            kept += nearest % clusters == i % clusters ? 1 : 0;
        }
        Assert.True(kept >= 0.98 * count, $"{kept} of {count} have a neighbour of their cluster");
        Assert.All(map, p => Assert.True(p is { X: >= 0 and <= 1, Y: >= 0 and <= 1 }));
    }

    [Fact]
    public void Map_SameInput_IsTheSame()
    {
        var rows = new RandomVectors(5).Clustered(40, 8, 2).SelectMany(r => r).ToArray();
        Assert.Equal(TSne.Map(8, rows, iterations: 50), TSne.Map(8, rows, iterations: 50));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Map_FewOrEqualPoints_HasAPlaceForEach(int count)
    {
        var map = TSne.Map(3, new float[3 * count]);
        Assert.Equal(count, map.Length);
        Assert.All(map, p => Assert.True(float.IsFinite(p.X) && float.IsFinite(p.Y)));
    }

    [Fact]
    public void Map_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => TSne.Map(3, new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TSne.Map(2, new float[4], perplexity: double.NaN));
        Assert.Throws<ArgumentException>(() => TSne.Map(1, new float[TSne.MostPoints + 1]));
    }
}
