using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using static TorchSharp.torch;

namespace Search.MetricLearning.Tests.Weights;

public sealed class ModuleWeightsTests
{
    [Fact]
    public void Load_SavedWeights_RestoresEveryTensor()
    {
        using var source = new MobileNetV2(8);
        using var target = new MobileNetV2(8);
        target.UseChannelsLast();
        var saved = source.Save();

        target.Load(saved);

        foreach (var (name, tensor) in target.Save())
            Assert.Equal(saved[name].Values, tensor.Values);
        using var scope = NewDisposeScope();
        var input = ones(1, 3, 32, 32);
        Assert.True(OnnxOracle.LargestDifference(ModuleWeights.Values(source.call(input)), ModuleWeights.Values(target.call(input))) < 1e-5f);
    }

    [Fact]
    public void Load_WrongShape_ChangesNothing()
    {
        using var network = new MobileNetV2(8);
        var before = network.Save();
        var weights = new Dictionary<string, WeightTensor>(new MobileNetV2(8).Save()) { ["embed.bias"] = new([9], new float[9]) };

        Assert.Throws<WeightFormatException>(() => network.Load(weights));
        Assert.Equal(before["features.0.0.weight"].Values, network.Save()["features.0.0.weight"].Values);
    }

    [Fact]
    public void Load_MissingTensor_IsRefusedUnlessAllowed()
    {
        using var network = new MobileNetV2(8);
        var weights = network.Save().Where(w => !w.Key.StartsWith("embed.", StringComparison.Ordinal)).ToDictionary();

        Assert.Throws<WeightFormatException>(() => network.Load(weights));
        network.Load(weights, "embed.");
    }
}
