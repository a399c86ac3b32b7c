using Search.Vectors;

namespace Search.MetricLearning.HardNegatives;

/// <summary>Compares with every embedding: exact, needs nothing built, and quick enough for some ten thousand photos.</summary>
public sealed class ExhaustiveIndexer : INeighbourIndexer
{
    public INeighbourSource Index(IReadOnlyList<ReadOnlyMemory<float>> embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return new Scan(embeddings);
    }

    private sealed class Scan(IReadOnlyList<ReadOnlyMemory<float>> embeddings) : INeighbourSource
    {
        public IReadOnlyList<ScoredId> Nearest(ReadOnlySpan<float> query, int k)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
            var storage = new ScoredId[Math.Min(k, embeddings.Count)];
            var best = new TopK(storage);
            for (var i = 0; i < embeddings.Count; i++)
                best.Offer(i, VectorKernels.Dot(query, embeddings[i].Span));
            best.Sort();
            return storage[..best.Count];
        }

        public void Dispose()
        {
        }
    }
}
