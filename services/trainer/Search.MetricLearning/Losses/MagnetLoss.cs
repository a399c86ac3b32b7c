using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;
using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Magnet loss, Rippel et al. (2016), eq. 4 and 5: each class is a few clusters, and a row pays
/// <c>max(0, ‖r − μ(r)‖²/2σ² + α + log Σ_{μ of other classes} exp(−‖r − μ‖²/2σ²))</c>, σ² the variance of the rows about their clusters' means.
/// </summary>
/// <remarks>
/// The paper clusters the whole set now and then and draws batches of neighbouring clusters. Here k-means++ without chance
/// (<see cref="ClassClusters"/>) clusters each class of the batch, so the assignment is never stale and needs no state; batches from the
/// hard-negative sampler supply the neighbourhoods. Gradients flow through the means and σ², as in the paper, not through the assignment.
/// </remarks>
public sealed class MagnetLoss : EmbeddingLoss
{
    public const string LossName = "magnet";

    private readonly double _margin;
    private readonly int _clusters;

    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public MagnetLoss(MagnetParameters parameters) : base(LossName)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ((IComponentParameters)parameters).Require();
        _margin = parameters.Margin;
        _clusters = parameters.Clusters;
    }

    protected override Tensor Value(Tensor embeddings, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(labels);
        var classes = labels.cpu().data<long>().ToArray();
        // Without two of a class nothing belongs together, without two classes nothing apart.
        var distinct = classes.Distinct().Count();
        if (distinct == classes.Length || distinct == 1)
            return Zero(embeddings);

        var (clusters, clusterClasses) = ClassClusters.Assign(embeddings, classes, _clusters);
        var member = nn.functional.one_hot(tensor(clusters, device: embeddings.device), clusterClasses.Length).to(embeddings.dtype);
        var means = member.t().matmul(embeddings) / member.sum(dim: 0).unsqueeze(1);
        var squares = SquaredEuclideanDistance.Between(embeddings, means, out _);
        var own = (squares * member).sum(1);
        // Rows that all equal their means have no variance; the floor keeps the exponents finite.
        var variance = (own.sum() / (classes.Length - 1)).clamp(min: 1e-4);
        var exponents = squares / (variance * -2);
        var foreign = labels.unsqueeze(1).ne(tensor(clusterClasses, device: embeddings.device).unsqueeze(0));
        return (own / (variance * 2) + _margin + LogSumExp(exponents, foreign, 1)).relu().mean();
    }
}
