using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Data;

namespace Search.MetricLearning.Training;

/// <summary>
/// The frozen blocks' output for runs that begin alike, as an ablation's variants do: the same photos, views and starting weights. Computing it takes longer than
/// the steps above it. Keeps the latest.
/// </summary>
public sealed class SharedFeatures : IDisposable
{
    private (Start Start, KeptFeatures Features)? _kept;

    /// <returns>Features that stay this object's.</returns>
    internal KeptFeatures Get(Start start, Func<KeptFeatures> compute)
    {
        if (_kept is { } kept && kept.Start == start)
            return kept.Features;
        Dispose();
        var features = compute();
        _kept = (start, features);
        return features;
    }

    public void Dispose()
    {
        _kept?.Features.Dispose();
        _kept = null;
    }

    /// <summary>All that a first stage's features follow from, but for the starting weights.</summary>
    internal sealed record Start(
        TrainingSet Set, int FrozenBlocks, int KeptViews, int Side, int Seed, double Width, AugmentationOptions? FirstView, AugmentationOptions Augmentation);
}
