using Google.Protobuf;
using Search.MetricLearning.Export.Onnx;
using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using TorchSharp.Modules;

namespace Search.MetricLearning.Export;

/// <summary>
/// Writes a <see cref="MobileNetV2"/> as an ONNX inference graph. No exporter ships for .NET, so the graph is written
/// operation by operation; the caller compares it with ONNX Runtime before it publishes the file.
/// The same weights give the same bytes.
/// </summary>
public static class OnnxExporter
{
    private const string Attention = "attention";

    /// <summary>The network's name for what a graph calls <paramref name="constant"/>.</summary>
    internal static string StateName(string constant) =>
        constant.StartsWith(Attention + ".", StringComparison.Ordinal) ? "pool." + constant : constant;

    /// <exception cref="ArgumentOutOfRangeException">The image size is not a positive multiple of 32.</exception>
    public static void Save(MobileNetV2 network, Stream destination, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(destination);
        options ??= new OnnxExportOptions();
        if (options.ImageSize is { } size && (size < 32 || size % 32 != 0))
            throw new ArgumentOutOfRangeException(nameof(options), size, "The image size must be a positive multiple of 32.");
        Export(network, options).WriteTo(destination);
    }

    private static ModelProto Export(MobileNetV2 network, OnnxExportOptions options)
    {
        var graph = new OnnxGraph("mobilenet_v2_embedding");
        graph.Constant("zero", [0f]);
        graph.Constant("six", [6f]);
        graph.Constant("smallest", [(float)FeaturePooling.SmallestLength]);
        var value = options.ImageSize is { } size
            ? graph.Input(OnnxExportOptions.InputName, "batch", 3, size, size)
            : graph.Input(OnnxExportOptions.InputName, "batch", 3, "height", "width");
        List<string> maps = [];
        for (var i = 0; i < network.Blocks.Count; i++)
        {
            value = network.Blocks[i] is InvertedResidual block
                ? Residual(graph, value, $"features.{i}", block)
                : Activated(graph, value, $"features.{i}.0", (ConvolutionBlock)network.Blocks[i]);
            if (network.Scales.Contains(i))
                maps.Add(value);
        }
        Embed(graph, Pool(graph, [.. maps, value], network.Pooling), network);
        return graph.ToModel(options.Metadata);
    }

    private static string Residual(OnnxGraph graph, string input, string name, InvertedResidual block)
    {
        var step = 0;
        var value = input;
        if (block.Expand is { } expand)
            value = Activated(graph, value, $"{name}.conv.{step++}.0", expand);
        value = Activated(graph, value, $"{name}.conv.{step++}.0", block.Filter);
        value = Convolve(graph, value, $"{name}.conv.{step}", block.Project, padsBottomRight: false);
        return block.IsResidual ? graph.Node("Add", $"{name}.sum", [input, value]) : value;
    }

    private static string Activated(OnnxGraph graph, string input, string name, ConvolutionBlock block)
    {
        var value = Convolve(graph, input, name, block.Convolution, block.PadsBottomRight);
        return graph.Node("Clip", $"{name}.relu6", [value, "zero", "six"]);
    }

    private static string Convolve(OnnxGraph graph, string input, string name, Conv2d layer, bool padsBottomRight)
    {
        var shape = layer.weight!.shape;
        long kernel = shape[2], stride = layer.stride[0], pad = padsBottomRight ? 0 : (kernel - 1) / 2;
        var weight = graph.Constant($"{name}.weight", ModuleWeights.Values(layer.weight), shape);
        var bias = graph.Constant($"{name}.bias", ModuleWeights.Values(layer.bias!), shape[0]);
        return graph.Node("Conv", name, [input, weight, bias],
            OnnxGraph.Ints("kernel_shape", kernel, kernel),
            OnnxGraph.Ints("strides", stride, stride),
            // Top, left, bottom, right.
            OnnxGraph.Ints("pads", pad, pad, padsBottomRight ? 1 : pad, padsBottomRight ? 1 : pad),
            OnnxGraph.Int("group", layer.groups));
    }

    /// <summary>What <see cref="FeaturePooling"/> does.</summary>
    private static string Pool(OnnxGraph graph, string[] maps, FeaturePooling pooling)
    {
        var last = pooling.Attention is null ? Average(graph, maps[^1], "pooled") : Weighted(graph, maps[^1], pooling.Attention);
        if (maps.Length == 1)
            return last;
        string[] parts = [.. maps.SkipLast(1).Select((map, i) => Average(graph, map, $"scale.{i}")), last];
        return graph.Node("Concat", "scales", parts.Select((part, i) => UnitLength(graph, part, $"{part}.unit")), OnnxGraph.Int("axis", 1));
    }

    private static string Average(OnnxGraph graph, string map, string name) =>
        graph.Node("Flatten", $"{name}.features", [graph.Node("GlobalAveragePool", name, [map])], OnnxGraph.Int("axis", 1));

    private static string Weighted(OnnxGraph graph, string map, Conv2d attention)
    {
        var weights = graph.Node("Softplus", "attention.weights", [Convolve(graph, map, Attention, attention, padsBottomRight: false)]);
        var weighted = Average(graph, graph.Node("Mul", "attended", [map, weights]), "attended.sum");
        return graph.Node("Div", "attended.features", [weighted, Average(graph, weights, "attention.sum")]);
    }

    /// <summary>Projects and divides by the length.</summary>
    private static void Embed(OnnxGraph graph, string features, MobileNetV2 network)
    {
        var weight = graph.Constant("embed.weight", ModuleWeights.Values(network.Head.weight!), network.Head.weight!.shape);
        var bias = graph.Constant("embed.bias", ModuleWeights.Values(network.Head.bias!), network.Dimension);
        var projected = graph.Node("Gemm", "projected", [features, weight, bias], OnnxGraph.Int("transB", 1));
        graph.Output(UnitLength(graph, projected, OnnxExportOptions.OutputName), "batch", network.Dimension);
    }

    /// <summary>The guard keeps a zero vector zero as in training.</summary>
    private static string UnitLength(OnnxGraph graph, string vectors, string name)
    {
        var length = graph.Node("ReduceL2", $"{name}.length", [vectors], OnnxGraph.Ints("axes", 1), OnnxGraph.Int("keepdims", 1));
        return graph.Node("Div", name, [vectors, graph.Node("Max", $"{name}.guarded", [length, "smallest"])]);
    }
}
