using Search.MetricLearning.Export.Onnx;
using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Export;

/// <summary>The way back from <see cref="OnnxExporter"/>: a published model's weights, so that training can go on from it.</summary>
public static class OnnxWeights
{
    private const string AttentionPrefix = "pool.";

    /// <summary>Fills the network with all that the model has learnt. Attention that the model does not have stays as it is: a new network's weighs all places alike, as the model did.</summary>
    /// <param name="network">Of the model's width, dimension and scales, and with attention if the model has it; unchanged if it is of others.</param>
    /// <param name="model">A float32 model's file.</param>
    /// <exception cref="InvalidDataException">This is no ONNX model.</exception>
    /// <exception cref="WeightFormatException">The model is of another shape than the network, or in codes.</exception>
    public static void LoadOnnx(this MobileNetV2 network, byte[] model)
    {
        ArgumentNullException.ThrowIfNull(network);
        var weights = Read(OnnxFile.Parse(model).Graph);
        var state = network.state_dict();
        if (weights.Keys.FirstOrDefault(name => !state.ContainsKey(name)) is { } unknown)
            throw new WeightFormatException($"The model has '{unknown}', and the network it is to go on as has not.");
        network.Load(weights, AttentionPrefix);
    }

    private static Dictionary<string, WeightTensor> Read(GraphProto graph) => graph.Initializer
        .Where(tensor => tensor.Name.EndsWith(".weight", StringComparison.Ordinal) || tensor.Name.EndsWith(".bias", StringComparison.Ordinal))
        .ToDictionary(tensor => OnnxExporter.StateName(tensor.Name), Weight, StringComparer.Ordinal);

    private static WeightTensor Weight(TensorProto tensor)
    {
        if (tensor.DataType != TensorProto.Types.DataType.Float || tensor.RawData.Length != sizeof(float) * tensor.Dims.Aggregate(1L, (product, extent) => product * extent))
            throw new WeightFormatException($"'{tensor.Name}' is no float32 tensor of its shape.");
        return new WeightTensor([.. tensor.Dims], OnnxFile.Floats(tensor).ToArray());
    }
}
