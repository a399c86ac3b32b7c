using Search.MetricLearning.Distances;

namespace Search.MetricLearning.Miners;

/// <summary>Each positive pair with one negative drawn uniformly: what every other miner must beat at the same number of triplets.</summary>
public sealed class RandomMiner() : TripletMiner(MinerName, new EuclideanDistance())
{
    public const string MinerName = "random";

    protected override void Choose(
        ReadOnlySpan<Neighbour> positives, ReadOnlySpan<Neighbour> negatives, int dimension, Random random, List<(int Positive, int Negative)> chosen)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(chosen);
        foreach (var positive in positives)
            chosen.Add((positive.Reference, negatives[random.Next(negatives.Length)].Reference));
    }
}
