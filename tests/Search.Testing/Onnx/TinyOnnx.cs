using System.Runtime.InteropServices;

namespace Search.Testing.Onnx;

/// <summary>
/// A real ONNX graph of a few kilobytes: the picture's means over a 4 × 4 grid, a fixed random projection, unit length. It tells pictures apart, and their
/// orientation too, and runs in microseconds. Field numbers are those of onnx.proto3.
/// </summary>
public static class TinyOnnx
{
    private const int Grid = 4;

    /// <param name="seed">Of the projection: another seed is another model, whose vectors have nothing to do with those of this one.</param>
    /// <param name="unit">Without it the output keeps its length, which no embedding may.</param>
    public static byte[] Create(int side = 32, int dimension = 16, string input = "pixels", string output = "embedding", bool unit = true, int seed = 7)
    {
        const int Features = 3 * Grid * Grid;
        var random = new Random(seed);
        var weights = Enumerable.Range(0, Features * dimension).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        var bias = Enumerable.Range(0, dimension).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();

        var graph = new ProtoWriter()
            .Message(1, Node("AveragePool", [input], "cells", Ints("kernel_shape", side / Grid, side / Grid), Ints("strides", side / Grid, side / Grid)))
            .Message(1, Node("Flatten", ["cells"], "features", Int("axis", 1)))
            .Message(1, Node("Gemm", ["features", "weights", "bias"], unit ? "projected" : output));
        if (unit)
            graph.Message(1, Node("LpNormalization", ["projected"], output, Int("axis", 1), Int("p", 2)));
        graph.Text(2, "tiny")
            .Message(5, Tensor("weights", [Features, dimension], weights))
            .Message(5, Tensor("bias", [dimension], bias))
            .Message(11, Value(input, [-1, 3, side, side]))
            .Message(12, Value(output, [-1, dimension]));
        return new ProtoWriter()
            .Number(1, 8)
            .Text(2, "tests")
            .Message(7, graph)
            .Message(8, new ProtoWriter().Text(1, "").Number(2, 13))
            .ToArray();
    }

    private static ProtoWriter Node(string type, string[] inputs, string output, params ProtoWriter[] attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        node.Text(2, output).Text(4, type);
        foreach (var attribute in attributes)
            node.Message(5, attribute);
        return node;
    }

    private static ProtoWriter Int(string name, long value) => new ProtoWriter().Text(1, name).Number(3, value).Number(20, 2);

    private static ProtoWriter Ints(string name, params long[] values)
    {
        var attribute = new ProtoWriter().Text(1, name);
        foreach (var value in values)
            attribute.Number(8, value);
        return attribute.Number(20, 7);
    }

    private static ProtoWriter Tensor(string name, long[] shape, float[] values)
    {
        var tensor = new ProtoWriter();
        foreach (var size in shape)
            tensor.Number(1, size);
        return tensor.Number(2, 1).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values.AsSpan()));
    }

    /// <param name="shape">-1 stands for the free batch axis.</param>
    private static ProtoWriter Value(string name, long[] shape)
    {
        var axes = new ProtoWriter();
        foreach (var size in shape)
            axes.Message(1, size < 0 ? new ProtoWriter().Text(2, "N") : new ProtoWriter().Number(1, size));
        var type = new ProtoWriter().Message(1, new ProtoWriter().Number(1, 1).Message(2, axes));
        return new ProtoWriter().Text(1, name).Message(2, type);
    }
}
