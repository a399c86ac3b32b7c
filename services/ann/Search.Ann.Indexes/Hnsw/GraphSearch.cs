using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>Algorithms 2 and 5 of Malkov and Yashunin (2018): walking the graph towards a query. Reads only.</summary>
internal static class GraphSearch<TMetric>
    where TMetric : struct, IMetric
{
    // Rows asked for ahead of the one being scored: a few hide the memory's latency, more evict each other.
    private const int LookAhead = 4;

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

    /// <summary>Leaves the <paramref name="ef"/> best nodes found on one level in <see cref="SearchScratch.Pool"/>.</summary>
    public static void Layer(HnswGraph graph, VectorRows vectors, ReadOnlySpan<float> query, ulong start, int ef, int level, SearchScratch scratch)
    {
        var (visited, pool) = (scratch.Visited, scratch.Pool);
        var fresh = scratch.Fresh;
        visited.Reset(graph.SlotCount);
        pool.Reset(Math.Min(ef, graph.SlotCount));
        visited.Add(ScoredSlot.Slot(start));
        // It may come out of another level's pool, expanded there.
        pool.Offer(ScoredSlot.Unexpanded(start));
        long distances = 0, visits = 0;
        while (pool.TryExpand(out var best))
        {
            visits++;
            var count = 0;
            foreach (var slot in graph.Row(level, ScoredSlot.Slot(best)).Links)
            {
                // Written always and counted only where it was new: no branch to mispredict.
                fresh[count] = slot;
                count += visited.Add(slot) ? 1 : 0;
            }
            distances += count;

            var ahead = Math.Min(LookAhead, count);
            for (var i = 0; i < ahead; i++)
                vectors.Prefetch(fresh[i]);
            for (var i = 0; i < count; i++)
            {
                if (i + LookAhead < count) vectors.Prefetch(fresh[i + LookAhead]);
                pool.Offer(ScoredSlot.Pack(TMetric.Score(query, vectors.Row(fresh[i])), fresh[i]));
            }
            if (pool.PeekNext() is >= 0 and var next) graph.Prefetch(level, next);
        }
        scratch.Distances += distances;
        scratch.Visits += visits;
    }
}
