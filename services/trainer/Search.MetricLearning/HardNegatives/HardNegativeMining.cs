using Search.MetricLearning.Data;

namespace Search.MetricLearning.HardNegatives;

/// <summary>What a run needs for mining beside its options.</summary>
/// <param name="Photos">What is known of each photo of the training set, in its order.</param>
/// <param name="Indexer">Finds neighbours.</param>
/// <param name="Found">Called after each round.</param>
public sealed record HardNegativeMining(IReadOnlyList<PhotoEvidence> Photos, INeighbourIndexer Indexer, Action<HardNegativeSet>? Found = null);
