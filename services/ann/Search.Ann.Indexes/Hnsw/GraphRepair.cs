using System.Runtime.InteropServices;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>Takes a node out and closes the hole among its neighbours. All changes go to the <see cref="GraphEdit"/>; used by the one writer.</summary>
internal sealed class GraphRepair<TMetric>(HnswGraph graph, VectorRows vectors, GraphEdit edit, GraphLinker<TMetric> linker, float alphaSquared)
    where TMetric : struct, IMetric
{
    // Each neighbour has lost one link. Two chances to replace it keep the mean degree level under long runs of removals.
    private const int LinksGivenBack = 2;

    private readonly List<ulong> _sorted = [];
    private readonly List<int> _attached = [];

    public void Remove(int node)
    {
        for (var level = graph.Level(node); level >= 0; level--)
        {
            var neighbours = edit.Links(level, node).ToArray();
            foreach (var neighbour in neighbours)
                edit.Unlink(level, node, neighbour);
            if (level == 0) Rehang(node, neighbours);
            foreach (var neighbour in neighbours)
                GiveLinksBack(level, neighbour, neighbours);
        }
    }

    /// <summary>
    /// Without the node the tree falls apart into the part with its parent and one part a child. Each child's part is hung back, below the nearest
    /// of the parent and the children hung back already, so the tree spans all nodes again.
    /// </summary>
    private void Rehang(int node, ReadOnlySpan<int> neighbours)
    {
        _attached.Clear();
        if (edit.Parent(node) is var parent and not LinkRow.NoParent) _attached.Add(parent);
        foreach (var child in neighbours)
        {
            if (edit.Parent(child) != node) continue;
            if (_attached.Count == 0) edit.SetParent(child, LinkRow.NoParent); // the node was the root; this child is now
            else linker.Attach(child, Sorted(child, CollectionsMarshal.AsSpan(_attached)));
            _attached.Add(child);
        }
    }

    private void GiveLinksBack(int level, int node, ReadOnlySpan<int> candidates)
    {
        var max = graph.MaxLinks(level);
        var given = 0;
        foreach (var candidate in Sorted(node, candidates))
        {
            if (given == LinksGivenBack || edit.Links(level, node).Length >= max) return;
            var slot = ScoredSlot.Slot(candidate);
            if (slot == node || edit.Links(level, slot).Length >= max || edit.Links(level, node).Contains(slot)) continue;
            if (IsCovered(level, node, slot, ScoredSlot.Score(candidate))) continue;
            edit.Link(level, node, slot);
            given++;
        }
    }

    // The diversity heuristic against the links the node has.
    private bool IsCovered(int level, int node, int candidate, float score) =>
        LinkChoice<TMetric>.IsOccluded(vectors, candidate, score, alphaSquared, edit.Links(level, node));

    /// <summary>Scored against the node, best first.</summary>
    private Span<ulong> Sorted(int node, ReadOnlySpan<int> slots)
    {
        _sorted.Clear();
        foreach (var slot in slots)
            _sorted.Add(ScoredSlot.Pack(TMetric.Score(vectors.Row(node), vectors.Row(slot)), slot));
        _sorted.Sort();
        _sorted.Reverse();
        return CollectionsMarshal.AsSpan(_sorted);
    }
}
