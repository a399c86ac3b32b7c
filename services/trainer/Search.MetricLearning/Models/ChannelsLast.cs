using static TorchSharp.torch;

namespace Search.MetricLearning.Models;

/// <summary>
/// Stores [N, C, H, W] tensors with the channels innermost. The shape stays the same; oneDNN's convolutions run about
/// twice as fast on this order at large batches. TorchSharp offers no memory-format argument, so the order is made by a permutation.
/// </summary>
public static class ChannelsLast
{
    /// <summary>A copy with channels innermost, or a view if it is stored so already.</summary>
    public static Tensor ToChannelsLast(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var permuted = tensor.permute(0, 2, 3, 1);
        using var contiguous = permuted.contiguous();
        return contiguous.permute(0, 3, 1, 2);
    }

    /// <summary>Reorders all convolution weights of <paramref name="module"/> in place.</summary>
    public static void UseChannelsLast(this nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        using var gradientsOff = no_grad();
        foreach (var parameter in module.parameters())
            if (parameter.dim() == 4)
            {
                using var detached = parameter.detach();
                using var reordered = detached.ToChannelsLast();
                parameter.set_(reordered);
            }
    }
}
