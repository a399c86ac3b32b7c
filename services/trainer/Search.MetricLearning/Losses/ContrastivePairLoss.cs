using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;
using Search.MetricLearning.Pairs;
using Search.MetricLearning.Reducers;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Contrastive loss of pairs, Hadsell, Chopra and LeCun (2006), eq. 4: a positive pair pays <c>½ d²</c>, a negative one
/// <c>½ max(0, m − d)²</c>. An anchor's positives and its negatives are averaged apart and then added, because a batch has many
/// times more negatives.
/// </summary>
public sealed class ContrastivePairLoss : PairLoss
{
    public const string LossName = "contrastive";

    private readonly EmbeddingDistance _distance;
    private readonly double _margin;

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public ContrastivePairLoss(MarginParameters parameters) : base(LossName, ReducerCatalogue.Default[parameters.Reducer])
    {
        ((IComponentParameters)parameters).Require();
        _margin = parameters.Margin;
        _distance = DistanceCatalogue.Default[parameters.Distance];
    }

    protected override Tensor Formula(PairBatch batch, Tensor anchors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var distances = batch.Distances(_distance);
        var together = distances.square().masked_fill(batch.Positives.logical_not(), 0).sum(1) / CountsOf(batch.Positives);
        var apart = (_margin - distances).relu().square().masked_fill(batch.Negatives.logical_not(), 0).sum(1) / CountsOf(batch.Negatives);
        return Reduce((together + apart) / 2, anchors);
    }
}
