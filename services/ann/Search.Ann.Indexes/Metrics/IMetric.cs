namespace Search.Ann.Indexes.Metrics;

/// <summary>
/// A metric as a type argument: an index compiled for it has the score inlined into its loops, without a branch or a virtual call.
/// Scores of the same two stored vectors are the same bits in every index, whoever asks.
/// </summary>
internal interface IMetric
{
    static abstract VectorMetric Kind { get; }

    /// <summary>Symmetric, and higher for the more similar; never NaN for vectors that passed <see cref="VectorIntake"/>.</summary>
    static abstract float Score(ReadOnlySpan<float> a, ReadOnlySpan<float> b);
}
