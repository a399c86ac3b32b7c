using Search.MetricLearning.Augmentation;

namespace Search.MetricLearning.Tests.Augmentation;

public sealed class GaussianBlurTests
{
    [Theory]
    [InlineData(1, 0.5f)]
    [InlineData(5, 3)]
    [InlineData(16, 1)]
    [InlineData(33, 1.7f)]
    [InlineData(64, 0.3f)]
    public void Apply_AnySide_IsTheWeightedMeanOfNeighboursToTheBit(int side, float deviation)
    {
        var random = new Random(1);
        float[] plane = [.. Enumerable.Range(0, side * side).Select(_ => 255 * random.NextSingle())];
        var expected = Turned(Turned(plane, side, deviation), side, deviation);
        GaussianBlur.Apply(plane, side, deviation);
        Assert.Equal(expected, plane);
    }

    [Fact]
    public void Apply_LessThanAPixel_ChangesNothing()
    {
        float[] plane = [1, 2, 3, 4];
        GaussianBlur.Apply(plane, 2, 0.1f);
        Assert.Equal([1, 2, 3, 4], plane);
    }

    /// <summary>One place after the other, the edge repeated: rows blurred, and the picture turned over its diagonal.</summary>
    private static float[] Turned(float[] plane, int side, float deviation)
    {
        var radius = Math.Max(1, (int)MathF.Ceiling(2.5f * deviation));
        float[] kernel = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(i => MathF.Exp(-i * i / (2 * deviation * deviation)))];
        var whole = kernel.Sum();
        var turned = new float[plane.Length];
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
                for (var k = 0; k < kernel.Length; k++)
                    turned[column * side + row] += kernel[k] / whole * plane[row * side + Math.Clamp(column + k - radius, 0, side - 1)];
        return turned;
    }
}
