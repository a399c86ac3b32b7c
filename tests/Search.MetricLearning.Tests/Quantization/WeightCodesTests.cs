using Search.MetricLearning.Quantization;

namespace Search.MetricLearning.Tests.Quantization;

public sealed class WeightCodesTests
{
    [Theory]
    [InlineData(6, 4, 9, 1, 63)]
    [InlineData(8, 1, 9, 8, 127)]
    [InlineData(6, 2, 1, 3, 63)]
    public void Codes_AreWithinHalfAStepOfTheirWeights_AndTheMeanOfAChannelStays(int channels, int inputs, int kernel, int groups, int largest)
    {
        var random = new Random(3);
        var weights = Draw(random, channels * inputs * kernel);
        var bias = Draw(random, channels);
        var means = Draw(random, inputs * groups);
        var codes = new WeightCodes(weights, bias, means, groups, inputScale: 0.02f, largest);

        for (var channel = 0; channel < channels; channel++)
        {
            var scale = codes.Scales[channel];
            var (before, after) = ((double)bias[channel], codes.Bias[channel] * (double)codes.BiasScales[channel]);
            for (var i = 0; i < inputs * kernel; i++)
            {
                var at = channel * inputs * kernel + i;
                Assert.InRange(codes.Codes[at], -largest, largest);
                Assert.True(Math.Abs(codes.Codes[at] * scale - weights[at]) <= scale * 0.5001);
                // A channel reads the inputs of its own group.
                var mean = means[channel / (channels / groups) * inputs + i / kernel];
                before += weights[at] * (double)mean;
                after += codes.Codes[at] * scale * (double)mean;
            }
            Assert.Equal(before, after, codes.BiasScales[channel]);
            Assert.Equal(scale * 0.02f, codes.BiasScales[channel]);
        }
    }

    [Fact]
    public void Codes_OfAChannelWithoutWeights_KeepItsBias()
    {
        var codes = new WeightCodes(new float[4], [1000f], new float[4], groups: 1, inputScale: 1e-3f, largest: 63);
        Assert.All(codes.Codes, code => Assert.Equal(0, code));
        Assert.Equal(1000f, codes.Bias[0] * codes.BiasScales[0], 1e-2f);
    }

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 4 - 2)];
}
