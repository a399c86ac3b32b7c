using Search.MetricLearning.Export;
using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using TorchSharp;

namespace Search.MetricLearning.Tests.Export;

public sealed class OnnxWeightsTests
{
    public static TheoryData<NetworkOptions> Variants => new(
        new NetworkOptions(),
        new NetworkOptions { Dimension = 64, Width = 0.5, Scales = [3, 13], Attention = true });

    [Theory]
    [MemberData(nameof(Variants))]
    public void LoadOnnx_ExportedModel_GivesEveryWeightBack(NetworkOptions options)
    {
        using var exported = Network(options, seed: 1);
        using var loaded = Network(options, seed: 2);
        loaded.LoadOnnx(Export(exported));
        var (expected, actual) = (exported.Save(), loaded.Save());
        Assert.DoesNotContain(expected.Keys, name => name.Contains("BackingField", StringComparison.Ordinal));
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        Assert.All(expected, weight => Assert.Equal(weight.Value.Values, actual[weight.Key].Values));
    }

    [Fact]
    public void LoadOnnx_ModelOfAnotherNetwork_IsRefusedAndChangesNothing()
    {
        using var plain = Network(new NetworkOptions { Dimension = 8 }, seed: 1);
        var before = plain.Save();
        foreach (var options in (NetworkOptions[])[new() { Dimension = 16 }, new() { Dimension = 8, Width = 0.5 }, new() { Dimension = 8, Scales = [13] }])
        {
            using var other = Network(options, seed: 2);
            Assert.Throws<WeightFormatException>(() => plain.LoadOnnx(Export(other)));
            Assert.Throws<WeightFormatException>(() => other.LoadOnnx(Export(plain)));
        }
        using var attentive = Network(new NetworkOptions { Dimension = 8, Attention = true }, seed: 2);
        Assert.Throws<WeightFormatException>(() => plain.LoadOnnx(Export(attentive)));
        Assert.All(before, weight => Assert.Equal(weight.Value.Values, plain.Save()[weight.Key].Values));
    }

    [Fact]
    public void LoadOnnx_ModelWithoutAttention_IntoANewNetworkWithIt_AnswersAsTheModel()
    {
        using var plain = new MobileNetV2(new NetworkOptions { Dimension = 8 });
        using var attentive = new MobileNetV2(new NetworkOptions { Dimension = 8, Attention = true });
        attentive.LoadOnnx(Export(plain));
        using var gradientsOff = torch.no_grad();
        using var input = torch.rand(2, 3, 64, 64) * 2 - 1;
        using var expected = plain.call(input);
        using var actual = attentive.call(input);
        Assert.Equal(expected.data<float>().ToArray(), actual.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void LoadOnnx_NoModel_IsRefused()
    {
        using var network = Network(new NetworkOptions { Dimension = 8 }, seed: 1);
        Assert.Throws<InvalidDataException>(() => network.LoadOnnx([1, 2, 3]));
        Assert.Throws<InvalidDataException>(() => network.LoadOnnx([]));
    }

    private static MobileNetV2 Network(NetworkOptions options, int seed)
    {
        torch.manual_seed(seed);
        var network = new MobileNetV2(options);
        using var gradientsOff = torch.no_grad();
        network.Head.bias!.normal_();
        network.Pooling.Attention?.weight!.normal_();
        return network;
    }

    private static byte[] Export(MobileNetV2 network)
    {
        using var file = new MemoryStream();
        OnnxExporter.Save(network, file);
        return file.ToArray();
    }
}
