using Search.MetricLearning.Pairs;
using Search.MetricLearning.Reducers;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Supervised contrastive loss, L_out of Khosla et al. (2020), eq. 2: an anchor i with positives P(i) pays
/// <c>-1/|P(i)| Σ_p log( exp(s_ip/τ) / Σ_{a≠i} exp(s_ia/τ) )</c>. With one positive an anchor it is InfoNCE.
/// </summary>
public sealed class SupervisedContrastiveLoss : PairLoss
{
    public const string LossName = "supervised-contrastive";

    private readonly double _temperature;

    /// <param name="temperature">τ, above 0. Small values care about the hardest pairs only; 0.05-0.2 is usual.</param>
    public SupervisedContrastiveLoss(double temperature, LossReducer? reducer = null) : base(LossName, reducer ?? new MeanReducer())
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        _temperature = temperature;
    }

    /// <summary>The positives compete with each other, which keeps a batch of one class apart too.</summary>
    public override bool NeedsNegatives => false;

    /// <inheritdoc/>
    protected override Tensor Formula(PairBatch batch, Tensor anchors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var logits = batch.Similarities() / _temperature;
        var denominator = LogSumExp(logits, batch.Positives.logical_or(batch.Negatives), 1).unsqueeze(1);
        var logProbabilities = (logits - denominator).masked_fill(batch.Positives.logical_not(), 0);
        return Reduce(-logProbabilities.sum(1) / CountsOf(batch.Positives), anchors);
    }
}
