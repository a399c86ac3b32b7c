using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;

namespace Search.MetricLearning.Miners;

/// <summary>
/// Each positive pair with a negative drawn with probability ∝ 1/q(d), Wu et al. (2017), section 4, where
/// <c>q(d) ∝ d^(n−2) (1 − d²/4)^((n−3)/2)</c> is the density of distances between random points of the unit sphere in n dimensions.
/// In high dimensions nearly all lie at √2; dividing by their density draws near, middling and far negatives alike.
/// Anchors whose negatives are all beyond the far cut-off are left out.
/// </summary>
public sealed class DistanceWeightedMiner : TripletMiner
{
    public const string MinerName = "distance-weighted";

    private readonly DistanceWeightedParameters _parameters;

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public DistanceWeightedMiner(DistanceWeightedParameters parameters) : base(MinerName, new EuclideanDistance())
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ((IComponentParameters)parameters).Require();
        _parameters = parameters;
    }

    protected override void Choose(
        ReadOnlySpan<Neighbour> positives, ReadOnlySpan<Neighbour> negatives, int dimension, Random random, List<(int Positive, int Negative)> chosen)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(chosen);
        var sums = CumulativeWeights(negatives, dimension);
        if (sums.Length == 0)
            return;
        foreach (var positive in positives)
        {
            var at = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
            // The complement is the first larger sum; a hit on a sum itself belongs to the next interval.
            var drawn = Math.Min(at < 0 ? ~at : at + 1, sums.Length - 1);
            chosen.Add((positive.Reference, negatives[drawn].Reference));
        }
    }

    /// <summary>−log q(d) up to a constant. At n = 128 a negative at 0.5 weighs more than 10³⁹ times one at √2: only the logarithm fits a float.</summary>
    internal static double LogWeight(double distance, int dimension) =>
        -(dimension - 2) * Math.Log(distance) - (dimension - 3) / 2.0 * Math.Log(Math.Max(1 - distance * distance / 4, 1e-12));

    /// <summary>Running sums of the weights, the largest being 1, of the negatives in reach, which come first.</summary>
    private double[] CumulativeWeights(ReadOnlySpan<Neighbour> negatives, int dimension)
    {
        var reach = 0;
        while (reach < negatives.Length && negatives[reach].Distance < _parameters.NonZeroLossCutOff)
            reach++;
        var weights = new double[reach];
        for (var i = 0; i < reach; i++)
            weights[i] = LogWeight(Math.Max(negatives[i].Distance, _parameters.CutOff), dimension);
        var largest = weights.DefaultIfEmpty(0).Max();
        double sum = 0;
        for (var i = 0; i < reach; i++)
            weights[i] = sum += Math.Exp(weights[i] - largest);
        return weights;
    }
}
