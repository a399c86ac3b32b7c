namespace Search.Ann.Indexes.Hnsw;

/// <summary>Algorithms 2 and 5 of Malkov and Yashunin (2018): walking a graph towards a query. Reads only.</summary>
internal static class GraphSearch
{
    /// <summary>
    /// From the entry down to <paramref name="level"/>, on each level above it to the node nearest to the query that greedy steps reach.
    /// </summary>
    public static ulong Descend<TWalk>(in TWalk walk, int level, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
    {
        var nearest = ScoredSlot.Pack(walk.Score(walk.Entry), walk.Entry);
        scratch.Distances++;
        for (var l = walk.TopLevel; l > level; l--)
        {
            ulong from;
            do
            {
                from = nearest;
                scratch.Visits++;
                foreach (var slot in walk.Links(l, ScoredSlot.Slot(from)))
                {
                    scratch.Distances++;
                    nearest = Math.Max(nearest, ScoredSlot.Pack(walk.Score(slot), slot));
                }
            }
            while (nearest != from);
        }
        return nearest;
    }

    /// <summary>Leaves the <paramref name="ef"/> best nodes found on one level in <see cref="SearchScratch.Pool"/>.</summary>
    public static void Layer<TWalk>(in TWalk walk, ulong start, int ef, int level, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
    {
        var (visited, pool) = (scratch.Visited, scratch.Pool);
        var fresh = scratch.Fresh;
        visited.Reset(walk.SlotCount);
        pool.Reset(Math.Min(ef, walk.SlotCount));
        visited.Add(ScoredSlot.Slot(start));
        // It may come out of another level's pool, expanded there.
        pool.Offer(ScoredSlot.Unexpanded(start));
        var ahead = walk.LookAhead;
        long distances = 0, visits = 0;
        while (pool.TryExpand(out var best))
        {
            visits++;
            var count = 0;
            foreach (var slot in walk.Links(level, ScoredSlot.Slot(best)))
            {
                // Written always and counted only where it was new: no branch to mispredict.
                fresh[count] = slot;
                count += visited.Add(slot) ? 1 : 0;
            }
            distances += count;

            for (var i = 0; i < Math.Min(ahead, count); i++)
                walk.Prefetch(fresh[i]);
            for (var i = 0; i < count; i++)
            {
                if (i + ahead < count) walk.Prefetch(fresh[i + ahead]);
                pool.Offer(ScoredSlot.Pack(walk.Score(fresh[i]), fresh[i]));
            }
            if (pool.PeekNext() is >= 0 and var next) walk.PrefetchLinks(level, next);
        }
        scratch.Distances += distances;
        scratch.Visits += visits;
    }
}
