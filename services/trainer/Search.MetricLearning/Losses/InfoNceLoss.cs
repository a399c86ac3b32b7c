using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// InfoNCE, van den Oord et al. (2018), eq. 4: softmax cross-entropy over one positive and all negatives,
/// <c>−log( exp(s_ap/τ) / (exp(s_ap/τ) + Σ_n exp(s_an/τ)) )</c>, of each positive pair. An anchor's other positives stay out of the
/// denominator.
/// </summary>
/// <exception cref="ArgumentException">A parameter is out of range.</exception>
public sealed class InfoNceLoss(TemperatureParameters parameters) : TemperatureLoss(LossName, parameters)
{
    public const string LossName = "info-nce";

    protected override Tensor Formula(PairBatch batch, Tensor anchors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var logits = Logits(batch);
        var negatives = LogSumExp(logits, batch.Negatives, 1).unsqueeze(1);
        // log(1 + e^x) with x = log Σ e^n − p: nothing overflows at small temperatures.
        return Reduce(nn.functional.softplus(negatives - logits), batch.Positives.logical_and(anchors.unsqueeze(1)));
    }
}
