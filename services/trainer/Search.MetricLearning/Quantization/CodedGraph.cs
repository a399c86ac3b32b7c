using Search.MetricLearning.Export;
using Search.MetricLearning.Export.Onnx;
using DataType = Search.MetricLearning.Export.Onnx.TensorProto.Types.DataType;

namespace Search.MetricLearning.Quantization;

/// <summary>Writes a graph anew, with codes beside its convolutions and sums.</summary>
internal sealed class CodedGraph(GraphProto source, IReadOnlyDictionary<string, TensorStatistics> statistics, int largestWeight)
{
    private readonly CodedTensors _coded = new(source);
    private readonly Dictionary<string, TensorProto> _constants = source.Initializer.ToDictionary(t => t.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, ActivationCode> _codes = new(StringComparer.Ordinal);
    private readonly OnnxGraph _graph = new(source.Name);

    public GraphProto Build()
    {
        var graph = _graph.Proto;
        graph.Input.AddRange(source.Input);
        graph.Output.AddRange(source.Output);
        foreach (var input in source.Input)
            Code(input.Name);
        foreach (var node in source.Node)
        {
            graph.Node.Add(Rewrite(node));
            foreach (var output in node.Output)
                Code(output);
        }
        // What only float operations use is kept; the others' weights stand there as codes.
        var used = graph.Node.SelectMany(n => n.Input).ToHashSet(StringComparer.Ordinal);
        graph.Initializer.AddRange(source.Initializer.Where(t => used.Contains(t.Name)));
        return graph;
    }

    private NodeProto Rewrite(NodeProto node)
    {
        var rewritten = node.Clone();
        for (var i = 0; i < rewritten.Input.Count; i++)
            if (_coded.Contains(node.Input[i]))
                rewritten.Input[i] = Decoded(node.Input[i]);
        if (node.OpType == "Conv")
            CodeWeights(node, rewritten);
        return rewritten;
    }

    /// <summary>Codes a tensor and decodes it again; everything that reads it reads what the codes say.</summary>
    private void Code(string tensor)
    {
        if (!_coded.Contains(tensor))
            return;
        var code = _codes[tensor] = ActivationCode.Of(statistics[tensor]);
        var scale = _graph.Constant($"{tensor}.scale", [code.Scale]);
        var zero = _graph.Constant<byte>($"{tensor}.zero", DataType.Uint8, [code.ZeroPoint]);
        _graph.Node("QuantizeLinear", $"{tensor}.code", [tensor, scale, zero]);
        _graph.Node("DequantizeLinear", Decoded(tensor), [$"{tensor}.code", scale, zero]);
    }

    private void CodeWeights(NodeProto node, NodeProto rewritten)
    {
        var (weight, bias) = (_constants[node.Input[1]], _constants[node.Input[2]]);
        var groups = (int)(node.Attribute.FirstOrDefault(a => a.Name == "group")?.I ?? 1);
        var input = node.Input[0];
        var codes = new WeightCodes(OnnxFile.Floats(weight), OnnxFile.Floats(bias), statistics[input].ChannelMeans, groups, _codes[input].Scale, largestWeight);
        rewritten.Input[1] = DecodedConstant(weight, DataType.Int8, codes.Codes, codes.Scales);
        rewritten.Input[2] = DecodedConstant(bias, DataType.Int32, codes.Bias, codes.BiasScales);
    }

    private string DecodedConstant<T>(TensorProto tensor, DataType type, T[] codes, float[] scales) where T : unmanaged
    {
        var code = _graph.Constant<T>($"{tensor.Name}.code", type, codes, [.. tensor.Dims]);
        var scale = _graph.Constant($"{tensor.Name}.scale", scales, scales.Length);
        var zero = _graph.Constant<T>($"{tensor.Name}.zero", type, new T[scales.Length], scales.Length);
        return _graph.Node("DequantizeLinear", Decoded(tensor.Name), [code, scale, zero], OnnxGraph.Int("axis", 0));
    }

    private static string Decoded(string tensor) => $"{tensor}.decoded";
}
