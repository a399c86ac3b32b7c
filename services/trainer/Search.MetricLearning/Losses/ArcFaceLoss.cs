using Search.MetricLearning.Components;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Additive angular margin loss, Deng et al. (2019), eq. 3: softmax cross-entropy over <c>s cos θ</c>, where the angle to the row's own
/// class is made larger by m. Past θ = π − m, where cos(θ + m) would rise again, the target falls on along <c>cos θ − m sin m</c>,
/// as the authors' implementation does.
/// </summary>
public sealed class ArcFaceLoss : ClassLoss
{
    public const string LossName = "arcface";

    private readonly double _margin;
    private readonly double _scale;

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public ArcFaceLoss(ArcFaceParameters parameters, EmbeddingShape shape) : base(LossName, shape)
    {
        ((IComponentParameters)parameters).Require();
        _margin = parameters.Margin;
        _scale = parameters.Scale;
    }

    protected override Tensor Formula(Tensor cosines, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(cosines);
        // sin θ has no gradient at θ = 0, where a row equals its class; there it is held just above 0, and its gradient is 0.
        var sines = (1 - cosines.square()).clamp(min: 1e-9).sqrt();
        var widened = cosines * Math.Cos(_margin) - sines * Math.Sin(_margin);
        var shifted = where(cosines.gt(-Math.Cos(_margin)), widened, cosines - _margin * Math.Sin(_margin));
        var logits = where(target, shifted, cosines) * _scale;
        var own = logits.masked_fill(target.logical_not(), 0).sum(1);
        return (logits.logsumexp(1) - own).mean();
    }
}
