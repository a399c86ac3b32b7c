using Search.MetricLearning.Export.Onnx;

namespace Search.MetricLearning.Quantization;

/// <summary>Which tensors of a graph pass through 8-bit codes: all that convolutions and sums read or make.</summary>
/// <remarks>
/// The few operations at the end (pooling, projection, length) stay in float: they are less than a hundredth of the work, and the embedding is their result.
/// What a Clip follows is coded after it: the codes' own limits do the clipping, and runtimes then drop the node.
/// </remarks>
internal sealed class CodedTensors
{
    private readonly HashSet<string> _coded = new(StringComparer.Ordinal);
    private readonly HashSet<string> _clipped;

    public CodedTensors(GraphProto graph)
    {
        _clipped = [.. graph.Node.Where(n => n.OpType == "Clip").Select(n => n.Input[0])];
        foreach (var node in graph.Node)
        {
            if (IsCoded(node))
                _coded.UnionWith([.. Inputs(node), .. node.Output.Where(o => !_clipped.Contains(o))]);
            else if (node.OpType == "Clip")
                _coded.Add(node.Output[0]);
        }
    }

    public bool Contains(string tensor) => _coded.Contains(tensor);

    public IEnumerable<string> Names => _coded;

    /// <summary>Whether an operation runs on codes.</summary>
    public static bool IsCoded(NodeProto node) => node.OpType is "Conv" or "Add";

    // A convolution's other inputs are its weights and bias.
    private static IEnumerable<string> Inputs(NodeProto node) => node.OpType == "Conv" ? node.Input.Take(1) : node.Input;
}
