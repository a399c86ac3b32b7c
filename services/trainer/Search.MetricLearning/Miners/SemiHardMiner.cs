using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;

namespace Search.MetricLearning.Miners;

/// <summary>
/// Each positive pair with the nearest negative of those that are farther than the positive but within the margin,
/// <c>d(a,p) &lt; d(a,n) &lt; d(a,p) + m</c>, Schroff et al. (2015), section 3.2. Pairs without one are left out.
/// </summary>
public sealed class SemiHardMiner : TripletMiner
{
    public const string MinerName = "semi-hard";

    private readonly double _margin;

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public SemiHardMiner(SemiHardParameters parameters) : base(MinerName, DistanceCatalogue.Default[parameters.Distance])
    {
        ((IComponentParameters)parameters).Require();
        _margin = parameters.Margin;
    }

    protected override void Choose(
        ReadOnlySpan<Neighbour> positives, ReadOnlySpan<Neighbour> negatives, int dimension, Random random, List<(int Positive, int Negative)> chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        // Both are sorted, so the first negative beyond each positive is found in one pass over both.
        var next = 0;
        foreach (var positive in positives)
        {
            while (next < negatives.Length && negatives[next].Distance <= positive.Distance)
                next++;
            if (next < negatives.Length && negatives[next].Distance < positive.Distance + _margin)
                chosen.Add((positive.Reference, negatives[next].Reference));
        }
    }
}
