using Search.MetricLearning.Components;

namespace Search.MetricLearning.Miners;

/// <summary>Of <see cref="DistanceWeightedMiner"/>, in Euclidean distance of unit vectors.</summary>
public sealed record DistanceWeightedParameters : IComponentParameters
{
    /// <summary>Nearer negatives weigh as much as those at this distance, above 0: it stands for λ of the paper and keeps out noise.</summary>
    public double CutOff { get; init; } = 0.5;

    /// <summary>Farther negatives are never drawn, above the cut-off and at most 2: they keep any usual margin and would give no gradient.</summary>
    public double NonZeroLossCutOff { get; init; } = 1.4;

    public IEnumerable<string> Errors()
    {
        if (!(CutOff > 0 && CutOff < NonZeroLossCutOff && NonZeroLossCutOff <= 2))
            yield return $"cutOff and nonZeroLossCutOff are {CutOff} and {NonZeroLossCutOff}, not a range above 0 and up to 2";
    }
}
