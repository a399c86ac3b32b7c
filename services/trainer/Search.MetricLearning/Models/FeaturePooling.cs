using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Search.MetricLearning.Models;

/// <summary>Averages the last feature map over its places, weighted or not, and puts the averages of lower maps beside it.</summary>
internal sealed class FeaturePooling : Module<IReadOnlyList<Tensor>, Tensor>
{
    /// <summary>Shortest length that a part is divided by, as in <see cref="functional.normalize"/>.</summary>
    public const double SmallestLength = 1e-12;

    /// <param name="channels">Channels of the last map.</param>
    /// <param name="attention">Whether its places are weighted.</param>
    public FeaturePooling(int channels, bool attention) : base(nameof(FeaturePooling))
    {
        if (!attention)
            return;
        Attention = Conv2d(channels, 1, 1);
        // Equal weights: at the start this is the plain average that the layers below were trained under.
        init.zeros_(Attention.weight!);
        init.zeros_(Attention.bias!);
    }

    /// <summary>Named by its attribute alone: registered by hand as well, it would stand in the state twice.</summary>
    [field: ComponentName(Name = "attention")]
    public Conv2d? Attention { get; }

    /// <summary>Maps [N, C, h, w], the lower ones first, to [N, sum of C].</summary>
    public override Tensor forward(IReadOnlyList<Tensor> maps)
    {
        using var scope = NewDisposeScope();
        var last = Attention is null ? Average(maps[^1]) : Weighted(maps[^1], Attention);
        if (maps.Count == 1)
            return last.MoveToOuterDisposeScope();
        Tensor[] parts = [.. maps.SkipLast(1).Select(Average), last];
        return cat([.. parts.Select(part => functional.normalize(part, p: 2, dim: 1, eps: SmallestLength))], dim: 1).MoveToOuterDisposeScope();
    }

    private static Tensor Average(Tensor map) => map.mean([2, 3]);

    private static Tensor Weighted(Tensor map, Conv2d attention)
    {
        var weights = functional.softplus(attention.call(map));
        return (map * weights).mean([2, 3]) / weights.mean([2, 3]);
    }
}
