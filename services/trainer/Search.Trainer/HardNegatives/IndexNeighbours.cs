using Search.Ann.Indexes;
using Search.MetricLearning.HardNegatives;
using Search.Vectors;

namespace Search.Trainer.HardNegatives;

/// <summary>Neighbours from the index library that also serves searches: what a shopper would be shown by mistake is what training gets to see.</summary>
internal sealed class IndexNeighbours(IVectorIndexFactory factory) : INeighbourIndexer
{
    /// <exception cref="InvalidVectorException">An embedding is not finite or has no direction: the network has diverged.</exception>
    public INeighbourSource Index(IReadOnlyList<ReadOnlyMemory<float>> embeddings)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        var dimension = embeddings[0].Length;
        var rows = new float[embeddings.Count * dimension];
        for (var i = 0; i < embeddings.Count; i++)
            embeddings[i].CopyTo(rows.AsMemory(i * dimension, dimension));
        var index = factory.Create(new IndexShape(VectorMetric.Cosine, dimension));
        try
        {
            index.UpsertAll(Enumerable.Range(0, embeddings.Count).Select(i => (long)i).ToArray(), rows);
            return new Source(index);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    private sealed class Source(IVectorIndex index) : INeighbourSource
    {
        public IReadOnlyList<ScoredId> Nearest(ReadOnlySpan<float> query, int k)
        {
            var results = new ScoredId[Math.Min(k, index.Count)];
            // Nobody waits for a round of mining: four candidates a result find nearly all of them.
            var found = index.Search(query, k, new SearchOptions { Effort = 4 * k }, results, out _);
            return results[..found];
        }

        public void Dispose() => index.Dispose();
    }
}
