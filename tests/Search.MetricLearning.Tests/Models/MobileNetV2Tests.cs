using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using TorchSharp;

namespace Search.MetricLearning.Tests.Models;

public sealed class MobileNetV2Tests
{
    [Fact]
    public void Features_ImageNetWeights_EqualTheReferenceGraph()
    {
        var folder = SharedFolder.Require("models", "mobilenetv2-imagenet");
        using var network = new MobileNetV2();
        network.Load(SafeTensorsReader.Read(Path.Combine(folder, "mobilenetv2-imagenet.safetensors")), MobileNetV2.NewLayers);
        network.UseChannelsLast();
        torch.manual_seed(3);
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        var input = torch.rand(2, 3, 224, 224) * 2 - 1;

        var features = ModuleWeights.Values(network.Features(input.ToChannelsLast()));

        var reference = File.ReadAllBytes(Path.Combine(folder, "mobilenetv2-imagenet.onnx"));
        var expected = OnnxOracle.Run(reference, ModuleWeights.Values(input), [2, 3, 224, 224], "input", "features");
        Assert.True(expected.Max() > 0.5f);
        Assert.True(OnnxOracle.LargestDifference(expected, features) < 1e-3f);
    }

    [Fact]
    public void Forward_ChannelsLast_ChangesNothingButTheSpeed()
    {
        torch.manual_seed(4);
        using var network = new MobileNetV2(32);
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        var input = torch.rand(2, 3, 64, 64) * 2 - 1;

        var before = ModuleWeights.Values(network.call(input));
        network.UseChannelsLast();
        var after = ModuleWeights.Values(network.call(input.ToChannelsLast()));

        Assert.True(OnnxOracle.LargestDifference(before, after) < 1e-5f);
    }

    [Fact]
    public void Range_SplitAnywhere_EqualsTheWhole()
    {
        torch.manual_seed(6);
        using var network = new MobileNetV2(32);
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        var input = torch.rand(1, 3, 64, 64) * 2 - 1;
        var whole = ModuleWeights.Values(network.Features(input));

        foreach (var cut in (int[])[1, 7, 14, 18])
        {
            var lower = network.Range(input, 0, cut);
            var parts = network.FeaturesFrom(lower, cut);
            Assert.Equal(whole, ModuleWeights.Values(parts));
        }
    }

    [Theory]
    [InlineData(0.35, 1280)]
    [InlineData(0.5, 1280)]
    [InlineData(1, 1280)]
    [InlineData(1.4, 1792)]
    public void Features_OfAnyWidth_HaveTheLengthOfThePaper(double width, int length)
    {
        using var network = new MobileNetV2(new NetworkOptions { Width = width, Dimension = 8 });
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        Assert.Equal(length, network.FeatureDimension);
        Assert.Equal([1, length], network.Features(torch.rand(1, 3, 32, 32)).shape);
        // Torchvision's counts without the classifier, with a bias in place of two numbers of batch normalisation each: what width 1 must have.
        if (width == 1)
            Assert.Equal(2_223_872 - 17_056, network.Blocks.SelectMany(b => b.parameters()).Sum(p => p.numel()));
    }

    [Fact]
    public void Features_WithAttentionAtItsStart_AreThePlainAverage_AndFollowTheWeightsLater()
    {
        torch.manual_seed(8);
        using var network = new MobileNetV2(new NetworkOptions { Attention = true });
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        var input = torch.rand(2, 3, 96, 96) * 2 - 1;
        var map = network.Range(input, 0, MobileNetV2.BlockCount);
        Assert.True(OnnxOracle.LargestDifference(ModuleWeights.Values(map.mean([2, 3])), ModuleWeights.Values(network.Features(input))) < 1e-5f);

        network.Pooling.Attention!.weight!.normal_(0, 0.1);
        var (expected, values) = (new double[2, 1280], ModuleWeights.Values(map));
        var (weight, bias) = (ModuleWeights.Values(network.Pooling.Attention.weight!), ModuleWeights.Values(network.Pooling.Attention.bias!)[0]);
        for (var n = 0; n < 2; n++)
        {
            var places = Enumerable.Range(0, 9).Select(p => Math.Log(1 + Math.Exp(bias + Enumerable.Range(0, 1280).Sum(c => (double)weight[c] * values[(n * 1280 + c) * 9 + p])))).ToArray();
            for (var c = 0; c < 1280; c++)
                expected[n, c] = places.Select((a, p) => a * values[(n * 1280 + c) * 9 + p]).Sum() / places.Sum();
        }
        Assert.True(OnnxOracle.LargestDifference([.. expected.Cast<double>().Select(x => (float)x)], ModuleWeights.Values(network.Features(input))) < 1e-4f);
    }

    [Fact]
    public void Features_OfSeveralScales_AreTheirAveragesEachAtUnitLength()
    {
        torch.manual_seed(9);
        using var network = new MobileNetV2(new NetworkOptions { Scales = [13, 6] });
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        var input = torch.rand(2, 3, 64, 64) * 2 - 1;
        torch.Tensor Part(int blocks) => torch.nn.functional.normalize(network.Range(input, 0, blocks).mean([2, 3]), p: 2, dim: 1);
        var expected = torch.cat([Part(7), Part(14), Part(19)], dim: 1);

        Assert.Equal(32 + 96 + 1280, network.FeatureDimension);
        Assert.True(OnnxOracle.LargestDifference(ModuleWeights.Values(expected), ModuleWeights.Values(network.Features(input))) < 1e-6f);
        // From the middle, as training on kept features does it; from above a scale its output is gone.
        Assert.Equal(ModuleWeights.Values(network.Features(input)), ModuleWeights.Values(network.FeaturesFrom(network.Range(input, 0, 7), 7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.FeaturesFrom(network.Range(input, 0, 8), 8));
    }

    [Fact]
    public void Constructor_NamesEveryOptionThatIsWrong()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new MobileNetV2(new NetworkOptions { Dimension = 0, Width = double.NaN, Scales = [18, 3, 3] }));
        Assert.All(["dimension", "width", "18", "twice"], word => Assert.Contains(word, refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Forward_OneImage_DoesNotDependOnItsBatch()
    {
        torch.manual_seed(7);
        using var network = new MobileNetV2(32);
        network.train();
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        var input = torch.rand(4, 3, 64, 64) * 2 - 1;

        var alone = ModuleWeights.Values(network.call(input.narrow(0, 2, 1)));
        var together = ModuleWeights.Values(network.call(input))[64..96];

        Assert.True(OnnxOracle.LargestDifference(alone, together) < 1e-5f);
    }
}
