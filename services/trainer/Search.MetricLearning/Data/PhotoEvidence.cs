namespace Search.MetricLearning.Data;

/// <summary>What <see cref="ProductGrouping"/> looks at.</summary>
/// <param name="Photo">The photo.</param>
/// <param name="PerceptualHash">64-bit perceptual hash of its pixels.</param>
/// <param name="Features">Unit-length features of a network that was not trained on these photos.</param>
public sealed record PhotoEvidence(LabelledPhoto Photo, ulong PerceptualHash, ReadOnlyMemory<float> Features);
