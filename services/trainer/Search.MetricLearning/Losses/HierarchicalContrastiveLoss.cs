using static TorchSharp.torch;

namespace Search.MetricLearning.Losses;

/// <summary>
/// Two supervised contrastive terms on one batch: pieces of one category attract each other, and views of one piece
/// attract each other more than other pieces of the category do. Without the second term the categories collapse to
/// points, which scores well on category precision and is useless for finding the same or a similar piece.
/// </summary>
public sealed class HierarchicalContrastiveLoss : IDisposable
{
    private readonly SupervisedContrastiveLoss _category;
    private readonly SupervisedContrastiveLoss _instance;
    private readonly double _instanceWeight;

    /// <param name="categoryTemperature">τ of the category term.</param>
    /// <param name="instanceTemperature">τ of the instance term.</param>
    /// <param name="instanceWeight">Share of the instance term, 0 to 1; the category term has the rest.</param>
    public HierarchicalContrastiveLoss(double categoryTemperature, double instanceTemperature, double instanceWeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(instanceWeight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(instanceWeight, 1);
        _category = new SupervisedContrastiveLoss(categoryTemperature);
        _instance = new SupervisedContrastiveLoss(instanceTemperature);
        _instanceWeight = instanceWeight;
    }

    /// <summary>The weighted sum, a scalar.</summary>
    /// <param name="embeddings">Unit-length rows [N, D].</param>
    /// <param name="categories">[N], int64.</param>
    /// <param name="instances">[N], int64: equal for views of one piece.</param>
    public Tensor Compute(Tensor embeddings, Tensor categories, Tensor instances)
    {
        using var scope = NewDisposeScope();
        var category = _category.Compute(embeddings, categories);
        var instance = _instance.Compute(embeddings, instances);
        return (category * (1 - _instanceWeight) + instance * _instanceWeight).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _category.Dispose();
        _instance.Dispose();
    }
}
