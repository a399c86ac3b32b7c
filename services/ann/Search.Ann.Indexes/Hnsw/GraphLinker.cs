using System.Runtime.InteropServices;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>Which links a node gets and keeps. All changes go to the <see cref="GraphEdit"/>; used by the one writer.</summary>
internal sealed class GraphLinker<TMetric>(HnswGraph graph, VectorRows vectors, GraphEdit edit, float alphaSquared)
    where TMetric : struct, IMetric
{
    // A full row is pruned to three quarters, so that it is not sorted and compared again for each single link that follows.
    private const double PrunedShare = 0.75;

    private readonly List<ulong> _sorted = [];
    private readonly List<int> _kept = [];
    private readonly List<int> _occluded = [];

    /// <summary>Links a new node on one level to those that <see cref="LinkChoice{TMetric}"/> chose for it.</summary>
    public void Connect(int level, int node, ReadOnlySpan<int> chosen)
    {
        foreach (var slot in chosen)
            Link(level, node, slot);
    }

    /// <summary>Links two nodes both ways and prunes either row where that makes one link too many.</summary>
    public void Link(int level, int a, int b)
    {
        edit.Link(level, a, b);
        Prune(level, a);
        Prune(level, b);
    }

    /// <summary>Hangs a node below the nearest candidate that can take one more child.</summary>
    public void Attach(int node, ReadOnlySpan<ulong> candidates)
    {
        foreach (var candidate in candidates)
        {
            var slot = ScoredSlot.Slot(candidate);
            if (CanTakeChild(slot))
            {
                HangBelow(slot, node);
                return;
            }
        }
        HangBelow(BelowWithRoom(ScoredSlot.Slot(candidates[0])), node);
    }

    public void HangBelow(int parent, int child)
    {
        // The tree edge first: it protects the link from being pruned in the very moment it is made.
        edit.SetParent(child, parent);
        Link(0, parent, child);
    }

    /// <summary>
    /// Whether the node's tree edges leave room in its row for one more. Half a row for them is far above what happens (a tree has one edge a
    /// node on average), and leaves the other half to the heuristic.
    /// </summary>
    public bool CanTakeChild(int slot)
    {
        var children = 0;
        foreach (var neighbour in edit.Links(0, slot))
            children += edit.Parent(neighbour) == slot ? 1 : 0;
        return children < graph.M - 1;
    }

    /// <summary>The node, or a node below it in the tree, that can take a child. There always is one: a leaf has none.</summary>
    public int BelowWithRoom(int slot)
    {
        while (!CanTakeChild(slot))
        {
            foreach (var neighbour in edit.Links(0, slot))
            {
                if (edit.Parent(neighbour) != slot) continue;
                slot = neighbour;
                break;
            }
        }
        return slot;
    }

    private void Prune(int level, int node)
    {
        var links = edit.Links(level, node);
        var max = graph.MaxLinks(level);
        if (links.Length <= max) return;

        _sorted.Clear();
        foreach (var slot in links)
            _sorted.Add(ScoredSlot.Pack(TMetric.Score(vectors.Row(node), vectors.Row(slot)), slot));
        _sorted.Sort();
        _kept.Clear();
        _occluded.Clear();
        for (var i = _sorted.Count - 1; i >= 0; i--)
        {
            var slot = ScoredSlot.Slot(_sorted[i]);
            var isTreeEdge = level == 0 && edit.IsTreeEdge(node, slot);
            if (!isTreeEdge && LinkChoice<TMetric>.IsOccluded(vectors, slot, ScoredSlot.Score(_sorted[i]), alphaSquared, CollectionsMarshal.AsSpan(_kept))) _occluded.Add(slot);
            else _kept.Add(slot);
        }

        var excess = links.Length - (int)(max * PrunedShare);
        for (var i = _occluded.Count - 1; i >= 0 && excess > 0; i--, excess--)
            edit.Unlink(level, node, _occluded[i]);
        // All diverse: the farthest goes, but never a tree edge. CanTakeChild keeps those below the row's length.
        for (var i = _kept.Count - 1; i >= 0 && edit.Links(level, node).Length > max; i--)
        {
            if (level > 0 || !edit.IsTreeEdge(node, _kept[i])) edit.Unlink(level, node, _kept[i]);
        }
    }
}
