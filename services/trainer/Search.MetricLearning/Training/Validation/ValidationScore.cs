namespace Search.MetricLearning.Training.Validation;

/// <summary>What a network is worth on the photos set aside.</summary>
/// <param name="CategoryPrecision">P@1: share of the photos whose nearest other piece is of their category.</param>
/// <param name="ShopperRecall">R@1: share of shopper views whose nearest photo shows their own piece.</param>
public sealed record ValidationScore(double CategoryPrecision, double ShopperRecall)
{
    /// <summary>By which weights are compared: both count alike, since a model may buy either with the other.</summary>
    public double Mean => (CategoryPrecision + ShopperRecall) / 2;
}
