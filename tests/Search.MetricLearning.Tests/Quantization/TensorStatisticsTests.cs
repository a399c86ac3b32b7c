using Search.MetricLearning.Quantization;

namespace Search.MetricLearning.Tests.Quantization;

public sealed class TensorStatisticsTests
{
    [Fact]
    public void Add_OfSeveralImages_KnowsTheirRangeWithZeroInIt_AndEachChannelsMean()
    {
        var tensor = new TensorStatistics();
        tensor.Add([1, 2, 3, 10, 20, 30], channels: 2);
        tensor.Add([4, 5, 6, 40, 50, 60], channels: 2);
        Assert.Equal((0f, 60f), (tensor.Low, tensor.High));
        Assert.Equal([3.5f, 35f], tensor.ChannelMeans);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Add_OfAValueThatIsNotFinite_IsRefused(float value) =>
        Assert.Throws<ArgumentException>(() => new TensorStatistics().Add([0, value, 1], channels: 1));

    [Fact]
    public void Add_OfAnotherShape_IsRefused()
    {
        var tensor = new TensorStatistics();
        tensor.Add(new float[6], channels: 2);
        Assert.Throws<ArgumentException>(() => tensor.Add(new float[6], channels: 3));
        Assert.Throws<ArgumentException>(() => tensor.Add(new float[5], channels: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor.Add(new float[6], channels: 0));
    }

    [Fact]
    public void Code_OfATensor_HasAnExactZero_AndReachesBothEnds()
    {
        var tensor = new TensorStatistics();
        tensor.Add([-1, 3], channels: 1);
        var code = ActivationCode.Of(tensor);
        Assert.Equal(3f, (255 - code.ZeroPoint) * code.Scale, code.Scale);
        Assert.Equal(-1f, (0 - code.ZeroPoint) * code.Scale, code.Scale);
    }
}
