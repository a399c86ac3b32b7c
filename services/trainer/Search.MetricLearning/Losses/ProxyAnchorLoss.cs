using Search.MetricLearning.Components;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Proxy anchor loss, Kim et al. (2020), eq. 4. Each class's proxy is an anchor over the rows of the batch:
/// <c>1/|P⁺| Σ_{p∈P⁺} log(1 + Σ_{x∈X⁺_p} exp(−α(s(x,p) − δ))) + 1/|P| Σ_{p∈P} log(1 + Σ_{x∈X⁻_p} exp(α(s(x,p) + δ)))</c>, P⁺ the proxies
/// with a row in the batch.
/// </summary>
public sealed class ProxyAnchorLoss : ClassLoss
{
    public const string LossName = "proxy-anchor";

    private readonly double _margin;
    private readonly double _scale;

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public ProxyAnchorLoss(ProxyAnchorParameters parameters, EmbeddingShape shape) : base(LossName, shape)
    {
        ((IComponentParameters)parameters).Require();
        _margin = parameters.Margin;
        _scale = parameters.Scale;
    }

    protected override Tensor Formula(Tensor cosines, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(cosines);
        ArgumentNullException.ThrowIfNull(target);
        // log(1 + Σ e^x) is softplus(log Σ e^x); a proxy without such rows pays softplus of a large negative number, 0.
        var together = nn.functional.softplus(LogSumExp((cosines - _margin) * -_scale, target, 0));
        var apart = nn.functional.softplus(LogSumExp((cosines + _margin) * _scale, target.logical_not(), 0));
        return together.sum() / target.any(0).sum().item<long>() + apart.mean();
    }
}
