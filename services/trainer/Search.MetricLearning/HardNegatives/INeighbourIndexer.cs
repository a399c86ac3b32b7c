namespace Search.MetricLearning.HardNegatives;

/// <summary>Makes the embeddings of one mining round searchable. The service's own indexes come in here; this library does not know them.</summary>
public interface INeighbourIndexer
{
    /// <summary>The id of each embedding is its position.</summary>
    /// <param name="embeddings">Unit-length, of one dimension; at least one.</param>
    INeighbourSource Index(IReadOnlyList<ReadOnlyMemory<float>> embeddings);
}
