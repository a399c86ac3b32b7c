namespace Search.MetricLearning.Weights;

/// <summary>Several parts' tensors in one dictionary, told apart by prefixes of their names.</summary>
internal static class TensorNames
{
    /// <summary>The tensors whose names start with <paramref name="prefix"/>, under what follows it.</summary>
    public static IReadOnlyDictionary<string, WeightTensor> Under(this IReadOnlyDictionary<string, WeightTensor> tensors, string prefix) =>
        tensors.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);

    public static void AddUnder(this Dictionary<string, WeightTensor> tensors, string prefix, IReadOnlyDictionary<string, WeightTensor> part)
    {
        foreach (var (name, tensor) in part)
            tensors.Add(prefix + name, tensor);
    }

    /// <exception cref="WeightFormatException">It is missing or of another shape.</exception>
    public static WeightTensor Require(this IReadOnlyDictionary<string, WeightTensor> tensors, string name, params ReadOnlySpan<long> shape)
    {
        if (!tensors.TryGetValue(name, out var tensor))
            throw new WeightFormatException($"There is no '{name}'.");
        return shape.SequenceEqual([.. tensor.Shape])
            ? tensor
            : throw new WeightFormatException($"'{name}' has shape [{string.Join(", ", tensor.Shape)}], not [{string.Join(", ", shape.ToArray())}].");
    }
}
