using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Supervised contrastive loss, L_out of Khosla et al. (2020), eq. 2: an anchor i with positives P(i) pays
/// <c>-1/|P(i)| Σ_p log( exp(s_ip/τ) / Σ_{a≠i} exp(s_ia/τ) )</c>. With one positive an anchor it is InfoNCE.
/// </summary>
public sealed class SupervisedContrastiveLoss : EmbeddingLoss
{
    private readonly double _temperature;

    /// <param name="temperature">τ, above 0. Small values care about the hardest pairs only; 0.05-0.2 is usual.</param>
    public SupervisedContrastiveLoss(double temperature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        _temperature = temperature;
    }

    /// <inheritdoc/>
    protected override Tensor PerAnchor(Tensor similarities, Tensor positives, Tensor others, Tensor positiveCounts)
    {
        var logits = similarities / _temperature;
        // A large negative number, not -inf: a batch of one row would make the log-sum of nothing NaN.
        var denominator = logits.masked_fill(others.logical_not(), -1e9).logsumexp(1, keepdim: true);
        var logProbabilities = (logits - denominator).masked_fill(positives.logical_not(), 0);
        return -logProbabilities.sum(1) / positiveCounts;
    }
}
