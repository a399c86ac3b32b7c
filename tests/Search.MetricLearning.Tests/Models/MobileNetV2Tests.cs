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
        network.Load(SafeTensorsReader.Read(Path.Combine(folder, "mobilenetv2-imagenet.safetensors")), "embed.");
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
            var parts = MobileNetV2.Pool(network.Range(lower, cut, MobileNetV2.BlockCount));
            Assert.Equal(whole, ModuleWeights.Values(parts));
        }
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
