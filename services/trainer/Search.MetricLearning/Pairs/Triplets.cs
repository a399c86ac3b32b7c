namespace Search.MetricLearning.Pairs;

/// <summary>Chosen triplets of one <see cref="PairBatch"/>: entry i of each list belongs together.</summary>
/// <param name="Anchors">Rows of the batch.</param>
/// <param name="Positives">References with the anchor's label, never the anchor itself.</param>
/// <param name="Negatives">References with another label.</param>
public sealed record Triplets(IReadOnlyList<long> Anchors, IReadOnlyList<long> Positives, IReadOnlyList<long> Negatives)
{
    public int Count => Anchors.Count;
}
