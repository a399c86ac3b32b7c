using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// The part of an insertion that only reads, which is nearly all of its work: searching for candidates and choosing links. So many nodes can be planned at a
/// time, on as many threads, while the graph stands still. Thread-safe under that condition.
/// </summary>
internal sealed class NodePlanner<TMetric>(HnswGraph graph, VectorRows vectors, ScratchPool<SearchScratch> scratches, int efConstruction, float alphaSquared)
    where TMetric : struct, IMetric
{
    // Of these one takes the node as a child; the first nearly always can.
    private const int ParentsTried = 16;

    /// <summary>Fills in <see cref="StagedNode.Chosen"/> and <see cref="StagedNode.Nearest"/>.</summary>
    /// <param name="peers">
    /// Nodes staged before this one and not in the graph yet. They are compared one by one: without them, neighbours that come in one batch would not
    /// find each other.
    /// </param>
    public void Plan(StagedNode node, ReadOnlySpan<StagedNode> peers)
    {
        var vector = vectors.Row(node.Slot);
        var scratch = scratches.Rent();
        scratch.Begin();
        Span<int> chosen = stackalloc int[graph.M];
        var highest = node.Chosen.Length - 1;
        var walk = new LiveWalk<TMetric>(graph, vectors, vector);
        var start = GraphSearch.Descend(walk, highest, scratch);
        for (var level = highest; level >= 0; level--)
        {
            GraphSearch.Layer(walk, start, efConstruction, level, scratch);
            start = scratch.Pool.Items[0];
            foreach (var peer in peers)
            {
                if (peer.Level >= level) scratch.Pool.Offer(ScoredSlot.Pack(TMetric.Score(vector, vectors.Row(peer.Slot)), peer.Slot));
            }
            var nearest = scratch.Pool.Items;
            node.Chosen[level] = chosen[..LinkChoice<TMetric>.Choose(vectors, nearest, alphaSquared, chosen)].ToArray();
            if (level == 0) node.Nearest = nearest[..Math.Min(ParentsTried, nearest.Length)].ToArray();
        }
        scratches.Return(scratch);
    }
}
