namespace Search.Evaluation.Groups;

/// <summary>One of the nearest of something.</summary>
/// <param name="Index">Which.</param>
/// <param name="Similarity">Cosine, −1 to 1, up to rounding.</param>
public readonly record struct Neighbour(int Index, float Similarity);
