using Search.MetricLearning.Models;
using static TorchSharp.torch;

namespace Search.Trainer.Evaluation;

/// <summary>Runs a network in torch, without gradients, from arrays to arrays.</summary>
internal static class TorchEmbedding
{
    public static Func<float[], int, float[]> Of(int height, int width, Func<Tensor, Tensor> network) => (input, count) =>
    {
        using var scope = NewDisposeScope();
        using var gradientsOff = no_grad();
        var images = tensor(input, count, 3, height, width).ToChannelsLast();
        return network(images).contiguous().data<float>().ToArray();
    };
}
