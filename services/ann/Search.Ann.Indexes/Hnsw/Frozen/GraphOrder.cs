namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>The order of a frozen graph's nodes: the entry first, higher levels before lower ones, each as a breadth-first walk of level 0 meets them.</summary>
internal static class GraphOrder
{
    /// <returns>New slot → old slot, for every node.</returns>
    public static int[] Of(HnswGraph graph, out int[] levelCounts)
    {
        var met = new List<int>();
        levelCounts = [];
        if (graph.Entry == HnswGraph.NoSlot) return [];
        var seen = new bool[graph.SlotCount];
        seen[graph.Entry] = true;
        met.Add(graph.Entry);
        for (var next = 0; next < met.Count; next++)
        {
            foreach (var neighbour in graph.Row(0, met[next]).Links)
            {
                if (seen[neighbour]) continue;
                seen[neighbour] = true;
                met.Add(neighbour);
            }
        }
        // The graph's tree reaches every node, so nothing is left out. A stable sort keeps the walk's order within a level.
        int[] order = [.. met.OrderByDescending(graph.Level)];
        levelCounts = [.. Enumerable.Range(0, graph.TopLevel + 1).Select(level => order.TakeWhile(slot => graph.Level(slot) >= level).Count())];
        return order;
    }
}
