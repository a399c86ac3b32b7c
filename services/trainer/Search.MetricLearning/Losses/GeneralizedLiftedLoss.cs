using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Lifted structured loss generalised to any number of positives, Hermans, Beyer and Leibe (2017), eq. 8: an anchor pays
/// <c>max(0, log Σ_p exp(d_ap) + log Σ_n exp(m − d_an))</c>.
/// </summary>
/// <exception cref="ArgumentException">A parameter is out of range.</exception>
public sealed class GeneralizedLiftedLoss(MarginParameters parameters) : MarginLoss(LossName, parameters)
{
    public const string LossName = "generalized-lifted-structure";

    protected override Tensor Formula(PairBatch batch, Tensor anchors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var distances = batch.Distances(Distance);
        return Reduce((LogSumExp(distances, batch.Positives, 1) + LogSumExp(Margin - distances, batch.Negatives, 1)).relu(), anchors);
    }
}
