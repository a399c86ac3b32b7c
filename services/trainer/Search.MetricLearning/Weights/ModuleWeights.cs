using TorchSharp;
using static TorchSharp.torch;

namespace Search.MetricLearning.Weights;

/// <summary>Moves weights between a network's named state and plain arrays.</summary>
public static class ModuleWeights
{
    /// <summary>
    /// Copies every tensor of <paramref name="module"/>'s state from <paramref name="weights"/>. Nothing is copied unless
    /// everything fits, so a refused file leaves the network as it was. Tensors that the network does not have are ignored.
    /// </summary>
    /// <param name="module">The network to fill.</param>
    /// <param name="weights">Tensors by state name.</param>
    /// <param name="mayBeMissing">Names (by prefix) that keep their values when absent, e.g. a new head.</param>
    /// <exception cref="WeightFormatException">A tensor is missing or has another shape.</exception>
    public static void Load(
        this nn.Module module, IReadOnlyDictionary<string, WeightTensor> weights, params IReadOnlyList<string> mayBeMissing)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(weights);
        var state = module.state_dict();
        foreach (var (name, tensor) in state)
        {
            if (!weights.TryGetValue(name, out var weight))
            {
                if (mayBeMissing.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
                    continue;
                throw new WeightFormatException($"The weights have no '{name}'.");
            }
            if (!weight.Shape.SequenceEqual(tensor.shape))
                throw new WeightFormatException(
                    $"'{name}' has shape [{string.Join(", ", weight.Shape)}], not [{string.Join(", ", tensor.shape)}].");
        }

        using var gradientsOff = no_grad();
        foreach (var (name, tensor) in state)
            if (weights.TryGetValue(name, out var weight))
                Fill(tensor, weight);
    }

    /// <summary>A copy of <paramref name="module"/>'s whole state as plain arrays.</summary>
    public static IReadOnlyDictionary<string, WeightTensor> Save(this nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.state_dict().ToDictionary(s => s.Key, s => Weight(s.Value));
    }

    /// <summary>A tensor's values in row-major order, whatever order it is stored in.</summary>
    internal static float[] Values(Tensor tensor)
    {
        using var detached = tensor.detach();
        using var contiguous = detached.contiguous();
        return contiguous.data<float>().ToArray();
    }

    internal static WeightTensor Weight(Tensor tensor) => new([.. tensor.shape], Values(tensor));

    /// <summary>Copies into a tensor of the same shape, whatever order that is stored in; gradients are off.</summary>
    internal static void Fill(Tensor tensor, WeightTensor weight)
    {
        using var source = torch.tensor(weight.Values, [.. weight.Shape]);
        tensor.copy_(source);
    }
}
