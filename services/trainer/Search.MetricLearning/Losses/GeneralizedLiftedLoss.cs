using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;
using Search.MetricLearning.Pairs;
using Search.MetricLearning.Reducers;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Lifted structured loss generalised to any number of positives, Hermans, Beyer and Leibe (2017), eq. 8: an anchor pays
/// <c>max(0, log Σ_p exp(d_ap) + log Σ_n exp(m − d_an))</c>.
/// </summary>
public sealed class GeneralizedLiftedLoss : PairLoss
{
    public const string LossName = "generalized-lifted-structure";

    private readonly EmbeddingDistance _distance;
    private readonly double _margin;

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public GeneralizedLiftedLoss(MarginParameters parameters) : base(LossName, ReducerCatalogue.Default[parameters.Reducer])
    {
        ((IComponentParameters)parameters).Require();
        _margin = parameters.Margin;
        _distance = DistanceCatalogue.Default[parameters.Distance];
    }

    protected override Tensor Formula(PairBatch batch, Tensor anchors)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var distances = batch.Distances(_distance);
        return Reduce((LogSumExp(distances, batch.Positives, 1) + LogSumExp(_margin - distances, batch.Negatives, 1)).relu(), anchors);
    }
}
