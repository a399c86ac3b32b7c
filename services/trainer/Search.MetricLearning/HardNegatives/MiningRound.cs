using Search.MetricLearning.Data;

namespace Search.MetricLearning.HardNegatives;

/// <summary>All photos of a training set as the current model sees them.</summary>
/// <param name="Photos">What is known of each apart from the model.</param>
/// <param name="Pieces">The piece each shows.</param>
/// <param name="Embeddings">Unit-length, of one dimension.</param>
/// <param name="ViewSimilarities">
/// Cosine of each photo with an augmented view of itself: its only positive where a piece has one photo. Empty if unknown.
/// </param>
public sealed record MiningRound(
    IReadOnlyList<PhotoEvidence> Photos, IReadOnlyList<int> Pieces, IReadOnlyList<ReadOnlyMemory<float>> Embeddings, IReadOnlyList<float> ViewSimilarities)
{
    public int Count => Photos.Count;

    /// <exception cref="ArgumentException">Numbers of photos disagree.</exception>
    internal void Require()
    {
        if (Pieces.Count != Count || Embeddings.Count != Count || (ViewSimilarities.Count != 0 && ViewSimilarities.Count != Count))
            throw new ArgumentException($"{Count} photos, {Pieces.Count} pieces, {Embeddings.Count} embeddings and {ViewSimilarities.Count} view similarities do not fit.");
    }
}
