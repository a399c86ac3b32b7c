using Microsoft.ML.OnnxRuntime;
using Search.Models;

namespace Search.Embedding;

/// <summary>A model inside ONNX Runtime, its graph checked against its card. Safe for concurrent runs.</summary>
internal sealed class ModelSession : IDisposable
{
    internal ModelSession(InferenceSession runtime, VerifiedModel model, ExecutionProvider provider)
    {
        Runtime = runtime;
        Provider = provider;
        InputName = model.Card.Input;
        OutputName = model.Card.Output;
        Dimension = model.Card.Dimension;
        Height = model.Preprocessing.Height;
        Width = model.Preprocessing.Width;
    }

    internal InferenceSession Runtime { get; }

    /// <summary>What it really runs on.</summary>
    public ExecutionProvider Provider { get; }

    public string InputName { get; }

    public string OutputName { get; }

    public int Dimension { get; }

    public int Height { get; }

    public int Width { get; }

    /// <exception cref="InvalidModelException">The graph is not the one that the card describes.</exception>
    internal void Check(int maxBatchSize)
    {
        CheckShape("input", InputName, Runtime.InputMetadata, [maxBatchSize, 3, Height, Width]);
        CheckShape("output", OutputName, Runtime.OutputMetadata, [maxBatchSize, Dimension]);
        if (Runtime.InputMetadata.Count > 1)
            throw new InvalidModelException($"The model's graph has the inputs {Names(Runtime.InputMetadata)}; an embedding model has one, its picture.");
    }

    public void Dispose() => Runtime.Dispose();

    private static void CheckShape(string kind, string name, IReadOnlyDictionary<string, NodeMetadata> graph, int[] wanted)
    {
        if (!graph.TryGetValue(name, out var node))
            throw new InvalidModelException($"The model's card names its {kind} '{name}', but the graph has {Names(graph)}.");
        if (!node.IsTensor || node.ElementType != typeof(float))
            throw new InvalidModelException($"The model's {kind} '{name}' is not a tensor of float32.");
        var shape = node.Dimensions;
        if (shape.Length != wanted.Length)
            throw new InvalidModelException($"The model's {kind} '{name}' has {shape.Length} axes, not {wanted.Length}.");
        for (var axis = 0; axis < shape.Length; axis++)
        {
            // A free axis is negative. The batch axis may also be fixed, to the one size that is used.
            if (shape[axis] >= 0 && shape[axis] != wanted[axis])
                throw new InvalidModelException($"The model's {kind} '{name}' has the shape [{string.Join(", ", shape)}], but its card, its preprocessing and the batch size ask for [{string.Join(", ", wanted)}].");
        }
    }

    private static string Names(IReadOnlyDictionary<string, NodeMetadata> graph) => string.Join(", ", graph.Keys.Select(k => $"'{k}'"));
}
