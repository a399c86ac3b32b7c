using Search.MetricLearning.Models;
using Search.MetricLearning.Weights;
using TorchSharp;

namespace Search.Trainer;

/// <summary>A network as training finds it: ImageNet weights, and at random what those do not have.</summary>
internal static class StartingNetwork
{
    /// <summary>The plain network: what photos are grouped by, and what trained models are compared with, is the same for every recipe.</summary>
    public static MobileNetV2 Untrained(IReadOnlyDictionary<string, WeightTensor> weights) => Create(new NetworkOptions(), seed: 0, weights);

    public static MobileNetV2 Create(NetworkOptions options, int seed, IReadOnlyDictionary<string, WeightTensor> weights)
    {
        torch.manual_seed(seed);
        var network = new MobileNetV2(options);
        network.Load(weights, MobileNetV2.NewLayers);
        network.UseChannelsLast();
        return network;
    }
}
