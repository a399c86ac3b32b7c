using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;

namespace Search.MetricLearning.Miners;

/// <summary>
/// Each anchor with its farthest positive and its nearest negative, "batch hard" of Hermans, Beyer and Leibe (2017). Fast where labels
/// are right; a wrong label is always among the hardest.
/// </summary>
public sealed class HardMiner : TripletMiner
{
    public const string MinerName = "hard";

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public HardMiner(DistanceParameters parameters) : base(MinerName, DistanceCatalogue.Default[parameters.Distance]) =>
        ((IComponentParameters)parameters).Require();

    protected override void Choose(
        ReadOnlySpan<Neighbour> positives, ReadOnlySpan<Neighbour> negatives, int dimension, Random random, List<(int Positive, int Negative)> chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        chosen.Add((positives[^1].Reference, negatives[0].Reference));
    }
}
