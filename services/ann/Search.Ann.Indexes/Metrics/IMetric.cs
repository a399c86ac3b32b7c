using Search.Vectors.Rows;

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

    /// <summary>Scores of one vector with all rows, each with the bits that <see cref="Score"/> gives.</summary>
    static abstract void ScoreAll(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores);

    /// <summary>
    /// The score that stands for the distance of <paramref name="score"/> divided by α: of two vectors whose score is above it, one is more than α times nearer to the other than
    /// <paramref name="score"/> says. An inner product is no distance, and keeps its score.
    /// </summary>
    /// <param name="alphaSquared">At least 1; 1 changes nothing.</param>
    static abstract float Nearer(float score, float alphaSquared);
}
