using Search.MetricLearning.Components;

namespace Search.MetricLearning.Losses;

/// <summary>Of <see cref="MagnetLoss"/>.</summary>
public sealed record MagnetParameters : IComponentParameters
{
    /// <summary>α, at least 0: the gap between clusters, in the unit of the exponent.</summary>
    public double Margin { get; init; } = 1;

    /// <summary>K, at least 1: clusters of each class; fewer where a class has fewer rows.</summary>
    public int Clusters { get; init; } = 2;

    public IEnumerable<string> Errors()
    {
        if (!(Margin >= 0 && double.IsFinite(Margin)))
            yield return $"margin is {Margin}, not at least 0";
        if (Clusters < 1)
            yield return $"clusters is {Clusters}, not at least 1";
    }
}
