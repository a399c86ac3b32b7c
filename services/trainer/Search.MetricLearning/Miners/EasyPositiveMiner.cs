using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;

namespace Search.MetricLearning.Miners;

/// <summary>
/// Each anchor with its nearest positive and its nearest negative, Xuan, Stylianou and Pless (2020), "EPHN". A class that has several
/// looks is not forced to one point: every piece need only be near some other of its class.
/// </summary>
public sealed class EasyPositiveMiner : TripletMiner
{
    public const string MinerName = "easy-positive";

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public EasyPositiveMiner(DistanceParameters parameters) : base(MinerName, DistanceCatalogue.Default[parameters.Distance]) =>
        ((IComponentParameters)parameters).Require();

    protected override void Choose(
        ReadOnlySpan<Neighbour> positives, ReadOnlySpan<Neighbour> negatives, int dimension, Random random, List<(int Positive, int Negative)> chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        chosen.Add((positives[0].Reference, negatives[0].Reference));
    }
}
