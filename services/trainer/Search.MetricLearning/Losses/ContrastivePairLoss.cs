using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Contrastive loss of pairs, Hadsell, Chopra and LeCun (2006), eq. 4: a positive pair pays <c>½ d²</c>, a negative one
/// <c>½ max(0, m − d)²</c>. An anchor's positives and its negatives are averaged apart and then added, because a batch has many
/// times more negatives.
/// </summary>
/// <exception cref="ArgumentException">A parameter is out of range.</exception>
public sealed class ContrastivePairLoss(MarginParameters parameters) : MarginLoss(LossName, parameters)
{
    public const string LossName = "contrastive";

    protected override Tensor Formula(PairBatch batch, Tensor anchors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var distances = batch.Distances(Distance);
        var together = distances.square().masked_fill(batch.Positives.logical_not(), 0).sum(1) / CountsOf(batch.Positives);
        var apart = (Margin - distances).relu().square().masked_fill(batch.Negatives.logical_not(), 0).sum(1) / CountsOf(batch.Negatives);
        return Reduce((together + apart) / 2, anchors);
    }
}
