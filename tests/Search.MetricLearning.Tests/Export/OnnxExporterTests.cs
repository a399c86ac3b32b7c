using Microsoft.ML.OnnxRuntime;
using Search.MetricLearning.Export;
using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using TorchSharp;

namespace Search.MetricLearning.Tests.Export;

public sealed class OnnxExporterTests
{
    [Theory]
    [InlineData(224, 224, 1)]
    [InlineData(null, 96, 3)]
    [InlineData(null, 160, 2)]
    public void Save_RandomNetwork_OnnxRuntimeComputesTheSameUnitVectors(int? fixedSize, int size, int batch)
    {
        torch.manual_seed(11);
        using var network = new MobileNetV2();
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        using var input = torch.rand(batch, 3, size, size) * 2 - 1;

        var expected = ModuleWeights.Values(network.call(input));
        var actual = OnnxOracle.Run(Export(network, fixedSize), ModuleWeights.Values(input), [batch, 3, size, size], "input", "embedding");

        Assert.True(OnnxOracle.LargestDifference(expected, actual) < 1e-5f);
        foreach (var row in actual.Chunk(128))
            Assert.Equal(1f, MathF.Sqrt(row.Sum(x => x * x)), 1e-5f);
        // Different images give different vectors: the comparison above is not between constants.
        if (batch > 1)
            Assert.True(OnnxOracle.LargestDifference(actual[..128], actual[128..256]) > 1e-4f);
    }

    public static TheoryData<NetworkOptions> Variants => new(
        new NetworkOptions { Dimension = 32, Width = 0.5 },
        new NetworkOptions { Dimension = 256, Attention = true },
        new NetworkOptions { Scales = [13, 17] },
        new NetworkOptions { Dimension = 64, Width = 1.4, Scales = [3, 6, 13], Attention = true });

    [Theory]
    [MemberData(nameof(Variants))]
    public void Save_EveryVariant_OnnxRuntimeComputesTheSameUnitVectors(NetworkOptions variant)
    {
        torch.manual_seed(12);
        using var network = new MobileNetV2(variant);
        using var scope = torch.NewDisposeScope();
        using var gradientsOff = torch.no_grad();
        network.Pooling.Attention?.weight!.normal_(0, 0.1);
        using var input = torch.rand(3, 3, 96, 96) * 2 - 1;

        var expected = ModuleWeights.Values(network.call(input));
        var actual = OnnxOracle.Run(Export(network, 96), ModuleWeights.Values(input), [3, 3, 96, 96], "input", "embedding");

        Assert.True(OnnxOracle.LargestDifference(expected, actual) < 1e-5f);
        Assert.True(OnnxOracle.LargestDifference(actual[..variant.Dimension], actual[variant.Dimension..(2 * variant.Dimension)]) > 1e-4f);
    }

    [Fact]
    public void Save_ChannelsLastNetwork_WritesTheSameBytes()
    {
        torch.manual_seed(5);
        using var network = new MobileNetV2(16);
        var before = Export(network, 224);
        network.UseChannelsLast();
        Assert.Equal(before, Export(network, 224));
    }

    [Fact]
    public void Save_ZeroHead_GivesZeroVectorNotNaN()
    {
        using var network = new MobileNetV2(8);
        using (torch.no_grad())
        {
            network.Head.weight!.zero_();
            network.Head.bias!.zero_();
        }
        var output = OnnxOracle.Run(Export(network, null), new float[3 * 64 * 64], [1, 3, 64, 64], "input", "embedding");
        Assert.All(output, x => Assert.Equal(0f, x));
    }

    [Fact]
    public void Save_FixedSize_RefusesAnotherSize()
    {
        using var network = new MobileNetV2(8);
        var model = Export(network, 224);
        Assert.Throws<OnnxRuntimeException>(
            () => OnnxOracle.Run(model, new float[3 * 160 * 160], [1, 3, 160, 160], "input", "embedding"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-32)]
    [InlineData(100)]
    public void Save_SizeThatHalvingCannotReach_IsRefused(int size)
    {
        using var network = new MobileNetV2(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => Export(network, size));
    }

    private static byte[] Export(MobileNetV2 network, int? size)
    {
        using var file = new MemoryStream();
        OnnxExporter.Save(network, file, new OnnxExportOptions { ImageSize = size });
        return file.ToArray();
    }
}
