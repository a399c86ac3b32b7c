namespace Search.Evaluation.Groups;

/// <summary>Two different things and how alike they are.</summary>
/// <param name="A">Index of one.</param>
/// <param name="B">Index of the other; their order means nothing.</param>
/// <param name="Similarity">Cosine, −1 to 1.</param>
public readonly record struct SimilarPair(int A, int B, float Similarity);
