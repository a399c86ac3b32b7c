using System.Runtime.InteropServices;
using Google.Protobuf;
using Search.MetricLearning.Export.Onnx;

namespace Search.MetricLearning.Export;

/// <summary>Builds an ONNX graph node by node. Values are named by their producers; each method returns the name of what it made.</summary>
internal sealed class OnnxGraph(string name)
{
    // Opset 17 and IR 8 are what ONNX Runtime 1.12 (2022) already reads; nothing newer is needed here.
    private const int OpsetVersion = 17;
    private const int IrVersion = 8;

    private readonly GraphProto _graph = new() { Name = name };

    /// <param name="name">Name of the input.</param>
    /// <param name="shape">A number is a fixed extent, a text a named free one.</param>
    public string Input(string name, params ReadOnlySpan<Extent> shape)
    {
        _graph.Input.Add(Value(name, shape));
        return name;
    }

    /// <inheritdoc cref="Input"/>
    public void Output(string name, params ReadOnlySpan<Extent> shape) => _graph.Output.Add(Value(name, shape));

    /// <summary>What was written so far.</summary>
    public GraphProto Proto => _graph;

    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Constant(name, TensorProto.Types.DataType.Float, values, shape);

    public string Constant<T>(string name, TensorProto.Types.DataType type, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape) where T : unmanaged
    {
        var tensor = new TensorProto { Name = name, DataType = type, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        foreach (var extent in shape)
            tensor.Dims.Add(extent);
        _graph.Initializer.Add(tensor);
        return name;
    }

    public string Node(string operation, string output, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        foreach (var attribute in attributes)
            node.Attribute.Add(attribute);
        _graph.Node.Add(node);
        return output;
    }

    public ModelProto ToModel(IReadOnlyDictionary<string, string> metadata)
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "Search.MetricLearning", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = OpsetVersion });
        foreach (var (key, value) in metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }

    public static AttributeProto Int(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Ints(string name, params ReadOnlySpan<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (var value in values)
            attribute.Ints.Add(value);
        return attribute;
    }

    private static ValueInfoProto Value(string name, ReadOnlySpan<Extent> extents)
    {
        var shape = new TensorShapeProto();
        foreach (var extent in extents)
            shape.Dim.Add(extent.ToProto());
        var tensor = new TypeProto.Types.Tensor { ElemType = TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    /// <summary>One axis of a shape: fixed, or free under a name.</summary>
    public readonly record struct Extent(long? Value, string? Name)
    {
        public static implicit operator Extent(long value) => new(value, null);

        public static implicit operator Extent(string name) => new(null, name);

        public TensorShapeProto.Types.Dimension ToProto() =>
            Name is null ? new() { DimValue = Value!.Value } : new() { DimParam = Name };
    }
}
