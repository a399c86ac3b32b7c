using Search.MetricLearning.Pairs;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Multi-class N-pair loss, Sohn (2016), eq. 6: <c>log(1 + Σ_{other classes} exp(s_an − s_ap))</c>, one negative for each other class.
/// The paper's batches hold two of each class and use one of them as the negative; here exp(s_an) is the mean over the class's members,
/// so no member is left out and the order of the rows does not matter. A class counts once however often it is in the batch: that is the
/// difference from InfoNCE.
/// </summary>
/// <remarks>The paper has τ = 1 and vectors of any length, held short by an L2 term; on unit vectors a temperature takes the length's place.</remarks>
/// <exception cref="ArgumentException">A parameter is out of range.</exception>
public sealed class NPairLoss(TemperatureParameters parameters) : TemperatureLoss(LossName, parameters)
{
    public const string LossName = "n-pair";

    protected override Tensor Formula(PairBatch batch, Tensor anchors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var logits = Logits(batch);
        var sameClass = batch.ReferenceLabels.unsqueeze(0).eq(batch.ReferenceLabels.unsqueeze(1)).to(logits.dtype);
        // [N, M]: how many of this anchor's negatives share the column's class. Counts in float are exact far beyond any batch.
        var members = batch.Negatives.to(logits.dtype).matmul(sameClass).clamp(min: 1);
        var negatives = LogSumExp(logits - members.log(), batch.Negatives, 1).unsqueeze(1);
        return Reduce(nn.functional.softplus(negatives - logits), batch.Positives.logical_and(anchors.unsqueeze(1)));
    }
}
