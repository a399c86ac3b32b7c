using Search.Vectors;

namespace Search.MetricLearning.HardNegatives;

/// <summary>What one round of mining found.</summary>
/// <param name="ByPhoto">For each photo its hard negatives, nearest first: photo numbers with cosines, no two of one piece.</param>
/// <param name="Verdicts">How many neighbours were judged to be what.</param>
public sealed record HardNegativeSet(IReadOnlyList<IReadOnlyList<ScoredId>> ByPhoto, IReadOnlyDictionary<NeighbourVerdict, int> Verdicts);
