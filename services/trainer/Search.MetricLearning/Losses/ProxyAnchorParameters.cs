using Search.MetricLearning.Components;

namespace Search.MetricLearning.Losses;

/// <summary>Of <see cref="ProxyAnchorLoss"/>.</summary>
public sealed record ProxyAnchorParameters : IComponentParameters
{
    /// <summary>δ, 0 to below 1: positives should be above it in cosine, negatives below −δ.</summary>
    public double Margin { get; init; } = 0.1;

    /// <summary>α, above 0: how much harder examples outweigh easy ones.</summary>
    public double Scale { get; init; } = 32;

    public IEnumerable<string> Errors()
    {
        if (!(Margin is >= 0 and < 1))
            yield return $"margin is {Margin}, not 0 to below 1";
        if (!(Scale > 0 && double.IsFinite(Scale)))
            yield return $"scale is {Scale}, not above 0";
    }
}
