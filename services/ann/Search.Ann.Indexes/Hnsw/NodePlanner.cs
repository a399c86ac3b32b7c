using System.Buffers;
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
    /// <param name="codes">Of all nodes and peers, where there are some: they lead to the candidates, which are then scored by the vectors.</param>
    public void Plan(StagedNode node, ReadOnlySpan<StagedNode> peers, PlanningCodes? codes = null)
    {
        var vector = vectors.Row(node.Slot);
        var scratch = scratches.Rent();
        scratch.Begin();
        if (codes is null)
        {
            Plan(new LiveWalk<TMetric>(graph, vectors, vector), node, peers, scratch, isExact: true);
        }
        else
        {
            var rented = ArrayPool<sbyte>.Shared.Rent(vector.Length);
            var code = rented.AsSpan(0, vector.Length);
            Plan(new PlanningWalk(graph, codes, codes.Quantizer.Prepare(vector, code), code), node, peers, scratch, isExact: false);
            ArrayPool<sbyte>.Shared.Return(rented);
        }
        scratches.Return(scratch);
    }

    private void Plan<TWalk>(in TWalk walk, StagedNode node, ReadOnlySpan<StagedNode> peers, SearchScratch scratch, bool isExact)
        where TWalk : struct, IGraphWalk, allows ref struct
    {
        Span<int> chosen = stackalloc int[graph.M];
        var highest = node.Chosen.Length - 1;
        var start = GraphSearch.Descend(walk, highest, scratch);
        for (var level = highest; level >= 0; level--)
        {
            GraphSearch.Layer(walk, start, efConstruction, level, scratch);
            start = scratch.Pool.Items[0];
            foreach (var peer in peers)
            {
                if (peer.Level >= level) scratch.Pool.Offer(ScoredSlot.Pack(walk.Score(peer.Slot), peer.Slot));
            }
            var nearest = isExact ? scratch.Pool.Items : Rescored(vectors.Row(node.Slot), scratch);
            node.Chosen[level] = chosen[..LinkChoice<TMetric>.Choose(vectors, nearest, alphaSquared, chosen)].ToArray();
            if (level == 0) node.Nearest = nearest[..Math.Min(ParentsTried, nearest.Length)].ToArray();
        }
    }

    /// <summary>What the pool holds, scored by the vectors, best first.</summary>
    private Span<ulong> Rescored(ReadOnlySpan<float> vector, SearchScratch scratch)
    {
        var ahead = vectors.LookAhead;
        var found = scratch.Pool.Items;
        var rescored = scratch.RoomFor(found.Length);
        for (var i = 0; i < Math.Min(ahead, found.Length); i++)
            vectors.Prefetch(ScoredSlot.Slot(found[i]));
        for (var i = 0; i < found.Length; i++)
        {
            if (i + ahead < found.Length) vectors.Prefetch(ScoredSlot.Slot(found[i + ahead]));
            var slot = ScoredSlot.Slot(found[i]);
            rescored[i] = ScoredSlot.Pack(TMetric.Score(vector, vectors.Row(slot)), slot);
        }
        rescored.Sort();
        rescored.Reverse();
        return rescored;
    }
}
