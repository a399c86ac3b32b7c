using System.Runtime.InteropServices;
using Google.Protobuf;
using Search.MetricLearning.Export.Onnx;

namespace Search.MetricLearning.Export;

/// <summary>Reads model files that <see cref="OnnxExporter"/> wrote.</summary>
internal static class OnnxFile
{
    /// <exception cref="InvalidDataException">This is no ONNX model.</exception>
    public static ModelProto Parse(byte[] model)
    {
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            var parsed = ModelProto.Parser.ParseFrom(model);
            return parsed.Graph is { Node.Count: > 0 } ? parsed : throw new InvalidDataException("The model has no graph.");
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"This is no ONNX model: {e.Message}", e);
        }
    }

    /// <summary>A float constant's values in row-major order.</summary>
    public static ReadOnlySpan<float> Floats(TensorProto tensor) => MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);
}
