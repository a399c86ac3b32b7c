using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>Algorithms 2 and 5 of Malkov and Yashunin (2018): walking the graph towards a query. Reads only.</summary>
internal static class GraphSearch<TMetric>
    where TMetric : struct, IMetric
{
    /// <summary>
    /// From the entry down to <paramref name="level"/>, on each level above it to the node nearest to the query that greedy steps reach. The
    /// graph must not be empty.
    /// </summary>
    public static ulong Descend(HnswGraph graph, VectorRows vectors, ReadOnlySpan<float> query, int level, SearchScratch scratch)
    {
        var nearest = ScoredSlot.Pack(TMetric.Score(query, vectors.Row(graph.Entry)), graph.Entry);
        scratch.Distances++;
        for (var l = graph.TopLevel; l > level; l--)
        {
            ulong from;
            do
            {
                from = nearest;
                scratch.Visits++;
                foreach (var slot in graph.Row(l, ScoredSlot.Slot(from)).Links)
                {
                    scratch.Distances++;
                    nearest = Math.Max(nearest, ScoredSlot.Pack(TMetric.Score(query, vectors.Row(slot)), slot));
                }
            }
            while (nearest != from);
        }
        return nearest;
    }

    /// <summary>Leaves the <paramref name="ef"/> best nodes found on one level in <see cref="SearchScratch.Nearest"/>.</summary>
    public static void Layer(HnswGraph graph, VectorRows vectors, ReadOnlySpan<float> query, ulong start, int ef, int level, SearchScratch scratch)
    {
        var (visited, frontier, nearest) = (scratch.Visited, scratch.Frontier, scratch.Nearest);
        visited.Reset(graph.SlotCount);
        frontier.Clear();
        nearest.Clear();
        visited.Add(ScoredSlot.Slot(start));
        frontier.Push(~start);
        nearest.Push(start);
        long distances = 0, visits = 0;
        while (frontier.Count > 0)
        {
            var best = ~frontier.Pop();
            if (nearest.Count >= ef && best < nearest.Top) break;
            visits++;
            foreach (var slot in graph.Row(level, ScoredSlot.Slot(best)).Links)
            {
                if (!visited.Add(slot)) continue;
                distances++;
                var candidate = ScoredSlot.Pack(TMetric.Score(query, vectors.Row(slot)), slot);
                if (nearest.Count < ef) nearest.Push(candidate);
                else if (candidate > nearest.Top) nearest.ReplaceTop(candidate);
                else continue;
                frontier.Push(~candidate);
            }
        }
        scratch.Distances += distances;
        scratch.Visits += visits;
    }
}
