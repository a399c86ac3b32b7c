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
        var value = options.ImageSize is { } size
            ? graph.Input(OnnxExportOptions.InputName, "batch", 3, size, size)
            : graph.Input(OnnxExportOptions.InputName, "batch", 3, "height", "width");
        for (var i = 0; i < network.Blocks.Count; i++)
            value = network.Blocks[i] is InvertedResidual block
                ? Residual(graph, value, $"features.{i}", block)
                : Activated(graph, value, $"features.{i}.0", (ConvolutionBlock)network.Blocks[i]);
        Embed(graph, value, network);
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

    /// <summary>Average over the image, project, divide by the length; the guard keeps a zero vector zero as in training.</summary>
    private static void Embed(OnnxGraph graph, string input, MobileNetV2 network)
    {
        var pooled = graph.Node("GlobalAveragePool", "pooled", [input]);
        var features = graph.Node("Flatten", "features", [pooled], OnnxGraph.Int("axis", 1));
        var weight = graph.Constant("embed.weight", ModuleWeights.Values(network.Head.weight!), network.Head.weight!.shape);
        var bias = graph.Constant("embed.bias", ModuleWeights.Values(network.Head.bias!), network.Dimension);
        var projected = graph.Node("Gemm", "projected", [features, weight, bias], OnnxGraph.Int("transB", 1));
        var length = graph.Node("ReduceL2", "length", [projected], OnnxGraph.Ints("axes", 1), OnnxGraph.Int("keepdims", 1));
        var guarded = graph.Node("Max", "length.guarded", [length, graph.Constant("smallest", [1e-12f])]);
        graph.Node("Div", OnnxExportOptions.OutputName, [projected, guarded]);
        graph.Output(OnnxExportOptions.OutputName, "batch", network.Dimension);
    }
}
