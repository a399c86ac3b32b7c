using Google.Protobuf;
using Search.MetricLearning.Export;
using Search.MetricLearning.Export.Onnx;

namespace Search.MetricLearning.Quantization;

/// <summary>
/// Static 8-bit quantisation of a graph that <see cref="OnnxExporter"/> wrote: codes and their decoding are written beside every operation
/// (QuantizeLinear, DequantizeLinear), which runtimes fuse into integer convolutions. Jacob et al., "Quantization and Training of Neural Networks for
/// Efficient Integer-Arithmetic-Only Inference", CVPR 2018.
/// </summary>
/// <remarks>
/// Three steps: <see cref="Expose"/> gives a graph that also returns every tensor to be coded; the caller runs it on photos like those to be served and
/// keeps <see cref="TensorStatistics"/> of each; <see cref="Quantize"/> writes the coded graph. The same input gives the same bytes.
/// </remarks>
public static class OnnxQuantizer
{
    /// <summary>A copy of the model that returns the tensors to be coded instead of its own output.</summary>
    /// <exception cref="InvalidDataException">This is no ONNX model.</exception>
    public static (byte[] Model, IReadOnlyList<string> Tensors) Expose(byte[] model)
    {
        var exposed = OnnxFile.Parse(model);
        var inputs = exposed.Graph.Input.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        // The input's values are known to the caller.
        string[] tensors = [.. new CodedTensors(exposed.Graph).Names.Where(name => !inputs.Contains(name))];
        exposed.Graph.Output.Clear();
        var type = new TypeProto { TensorType = new() { ElemType = TensorProto.Types.DataType.Float } };
        exposed.Graph.Output.AddRange(tensors.Select(name => new ValueInfoProto { Name = name, Type = type }));
        return (exposed.ToByteArray(), tensors);
    }

    /// <param name="model">The float32 model.</param>
    /// <param name="statistics">Those of every tensor that <see cref="Expose"/> named and for the graph's input.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="InvalidDataException">This is no ONNX model, or one that is coded already.</exception>
    /// <exception cref="ArgumentException">A tensor's statistics are missing.</exception>
    public static byte[] Quantize(byte[] model, IReadOnlyDictionary<string, TensorStatistics> statistics, QuantizationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistics);
        options ??= new QuantizationOptions();
        var source = OnnxFile.Parse(model);
        if (source.Graph.Node.Any(n => n.OpType == "QuantizeLinear"))
            throw new InvalidDataException("The model is quantised already; start from its float32 version.");
        if (new CodedTensors(source.Graph).Names.FirstOrDefault(name => !statistics.ContainsKey(name)) is { } missing)
            throw new ArgumentException($"The tensor '{missing}' has no statistics.", nameof(statistics));
        source.Graph = new CodedGraph(source.Graph, statistics, options.LargestWeight).Build();
        return source.ToByteArray();
    }
}
