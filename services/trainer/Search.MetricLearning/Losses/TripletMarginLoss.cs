using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Triplet loss, Weinberger and Saul (2009) and Schroff et al. (2015): <c>max(0, d(a,p) − d(a,n) + m)</c> of each triplet, of all
/// that a batch holds or of those a miner chose.
/// </summary>
/// <exception cref="ArgumentException">A parameter is out of range.</exception>
public sealed class TripletMarginLoss(MarginParameters parameters) : MarginLoss(LossName, parameters), IEnumeratesTriplets
{
    public const string LossName = "triplet";

    /// <summary>All triplets of a batch of 256 with 8 a label are 0.4 million. Beyond this many the step would run out of memory.</summary>
    internal const long MostTriplets = 1 << 25;

    /// <exception cref="InvalidOperationException">No miner chose, and there are too many triplets to take all.</exception>
    protected override Tensor Formula(PairBatch batch, Tensor anchors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var distances = batch.Distances(Distance);
        return batch.Triplets is { } chosen ? OfChosen(distances, chosen) : OfAll(distances, batch);
    }

    private Tensor OfChosen(Tensor distances, Triplets triplets)
    {
        // Flat positions: one gather instead of two.
        var width = distances.shape[1];
        Tensor Gather(IReadOnlyList<long> columns) =>
            distances.flatten().index_select(0, tensor(triplets.Anchors.Select((row, i) => row * width + columns[i]).ToArray(), device: distances.device));
        var losses = (Gather(triplets.Positives) - Gather(triplets.Negatives) + Margin).relu();
        return Reduce(losses, ones_like(losses, dtype: ScalarType.Bool));
    }

    private Tensor OfAll(Tensor distances, PairBatch batch)
    {
        var pairs = batch.Positives.nonzero();
        if (pairs.shape[0] * distances.shape[1] > MostTriplets)
            throw new InvalidOperationException($"{pairs.shape[0]} positive pairs with {distances.shape[1]} references each are too many triplets; choose a miner.");
        var anchors = pairs.select(1, 0);
        var near = distances.masked_select(batch.Positives).unsqueeze(1);
        return Reduce((near - distances.index_select(0, anchors) + Margin).relu(), batch.Negatives.index_select(0, anchors));
    }
}
