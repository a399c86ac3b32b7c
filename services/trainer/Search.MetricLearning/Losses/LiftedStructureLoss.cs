using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Lifted structured loss, Oh Song et al. (2016), eq. 4: a positive pair (i, j) pays <c>½ max(0, J)²</c> with
/// <c>J = log( Σ_k exp(α − d_ik) + Σ_l exp(α − d_jl) ) + d_ij</c>, k and l running over the negatives of i and of j.
/// </summary>
/// <exception cref="ArgumentException">A parameter is out of range.</exception>
public sealed class LiftedStructureLoss(MarginParameters parameters) : MarginLoss(LossName, parameters)
{
    public const string LossName = "lifted-structure";

    protected override Tensor Formula(PairBatch batch, Tensor anchors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var distances = batch.Distances(Distance);
        var ofAnchors = LogSumExp(Margin - distances, batch.Negatives, 1);
        var ofPartners = cat([ofAnchors, .. OfMemory(batch)]);
        var pairs = logaddexp(ofAnchors.unsqueeze(1), ofPartners.unsqueeze(0)) + distances;
        return Reduce(pairs.relu().square() / 2, batch.Positives.logical_and(anchors.unsqueeze(1)));
    }

    /// <summary>The sums over the negatives of references that are not in the batch; no miner looks at those, so all count.</summary>
    private Tensor[] OfMemory(PairBatch batch)
    {
        var (rows, all) = (batch.Labels.shape[0], batch.ReferenceLabels.shape[0]);
        if (rows == all)
            return [];
        var labels = batch.ReferenceLabels.narrow(0, rows, all - rows);
        var distances = Distance.Between(batch.References.narrow(0, rows, all - rows), batch.References);
        return [LogSumExp(Margin - distances, labels.unsqueeze(1).ne(batch.ReferenceLabels.unsqueeze(0)), 1)];
    }
}
