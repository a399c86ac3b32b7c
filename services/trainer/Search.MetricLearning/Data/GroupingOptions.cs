namespace Search.MetricLearning.Data;

/// <summary>When two photos are taken to show one piece. Joining too much costs little; joining too little lets a duplicate of a training photo pass for an unseen one.</summary>
public sealed record GroupingOptions
{
    /// <summary>Largest number of differing perceptual hash bits, 0 to 64. Unrelated photos differ in about 32.</summary>
    public int MaximumHashDistance { get; init; } = 6;

    /// <summary>Smallest cosine of ImageNet features, in [-1, 1].</summary>
    public double MinimumCosine { get; init; } = 0.94;
}
