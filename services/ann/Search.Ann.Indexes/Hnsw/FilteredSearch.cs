using Search.Ann.Indexes.Filters;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>The walk of level 0 with a filter. Reads only; allocates nothing once warm.</summary>
internal static class FilteredSearch
{
    // Nodes that lead on and are not results: kept this many times what an average filter of the share needs, as far as that is worth its memory.
    private const int FrontierSlack = 2;
    private const int LargestFrontier = 4_096;

    /// <summary>
    /// Leaves the <paramref name="ef"/> best nodes found of those that pass in <see cref="SearchScratch.Pool"/>. False where looking at all that pass is the better way, or
    /// the only one that finds enough of them.
    /// </summary>
    /// <param name="degree">Links a node has at most on level 0.</param>
    public static bool TryCollect<TWalk, TIds>(in TWalk walk, SlotFilter<TIds> filter, int degree, int ef, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
        where TIds : struct, ISlotIds
    {
        Span<int> seeds = stackalloc int[FilterSample.Enough];
        var share = FilterSample.Share(filter, seeds, out var found);
        var plan = FilterPlan.ForGraph(filter, share, degree, ef);
        if (plan.Route == FilterRoute.Scan) return false;

        var start = ScoredSlot.Unexpanded(GraphSearch.Descend(walk, 0, scratch));
        scratch.Pool.Reset(Math.Min(ef, walk.SlotCount));
        if (plan.Route == FilterRoute.Traverse && Traverse(walk, filter, plan, start, scratch)) return true;
        // The filter is against the query: hardly any of the nodes around it pass. Those that pass lead to each other from wherever some are known.
        return TwoHop(walk, filter, plan, start, seeds[..found], degree, scratch);
    }

    /// <summary>All nodes lead on, and those that pass are kept, until no node is left that could lead to a better one. False when there are too few of them.</summary>
    private static bool Traverse<TWalk, TIds>(in TWalk walk, SlotFilter<TIds> filter, in FilterPlan plan, ulong start, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
        where TIds : struct, ISlotIds
    {
        var (visited, pool, frontier) = (scratch.Visited, scratch.Pool, scratch.Frontier);
        var fresh = scratch.Fresh;
        visited.Reset(walk.SlotCount);
        frontier.Reset((int)Math.Clamp(FrontierSlack * pool.Capacity / plan.Share, pool.Capacity, Math.Max(pool.Capacity, LargestFrontier)));
        visited.Add(ScoredSlot.Slot(start));
        frontier.Offer(start);
        if (filter.Passes(ScoredSlot.Slot(start))) pool.Offer(start);
        while (frontier.TryExpand(out var best) && pool.Admits(best))
        {
            scratch.Visits++;
            var count = 0;
            foreach (var slot in walk.Links(0, ScoredSlot.Slot(best)))
            {
                fresh[count] = slot;
                count += visited.Add(slot) ? 1 : 0;
            }
            foreach (var met in Score(walk, fresh[..count], scratch))
            {
                if (!pool.Admits(met)) continue;
                frontier.Offer(met);
                if (filter.Passes(ScoredSlot.Slot(met))) pool.Offer(met);
            }
        }
        return pool.IsFull;
    }

    /// <summary>
    /// Nodes that pass lead to those that pass among their neighbours and, where these are few, among the neighbours of the others. Goes on from what is in the
    /// pool, from around the start and from the seeds. False when what passes hangs together too loosely, or the search does.
    /// </summary>
    private static bool TwoHop<TWalk, TIds>(
        in TWalk walk, SlotFilter<TIds> filter, in FilterPlan plan, ulong start, ReadOnlySpan<int> seeds, int degree, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
        where TIds : struct, ISlotIds
    {
        var (visited, pool) = (scratch.Visited, scratch.Pool);
        var fresh = scratch.Fresh;
        visited.Reset(walk.SlotCount);
        foreach (var item in pool.Items)
            visited.Add(ScoredSlot.Slot(item));
        var first = ScoredSlot.Slot(start);
        if (visited.Add(first) && filter.Passes(first)) pool.Offer(start);
        var count = 0;
        foreach (var seed in seeds)
        {
            fresh[count] = seed;
            count += visited.Add(seed) ? 1 : 0;
        }
        Offer(walk, fresh[..count], scratch);

        var patience = scratch.Distances + plan.Patience;
        var tests = 0L;
        var best = start;
        do
        {
            scratch.Visits++;
            count = Gather(walk, filter, ScoredSlot.Slot(best), degree, scratch, ref tests);
            Offer(walk, fresh[..count], scratch);
            if (scratch.Distances + FilterPlan.TestCost * tests > patience) return false;
        }
        while (pool.TryExpand(out best));
        return pool.IsFull;
    }

    private static int Gather<TWalk, TIds>(in TWalk walk, SlotFilter<TIds> filter, int node, int degree, SearchScratch scratch, ref long tests)
        where TWalk : struct, IGraphWalk, allows ref struct
        where TIds : struct, ISlotIds
    {
        var visited = scratch.Visited;
        var fresh = scratch.Fresh;
        var between = scratch.Between;
        int count = 0, others = 0;
        foreach (var slot in walk.Links(0, node))
        {
            // Of the others those are visited whose neighbours were all looked at.
            if (visited.Contains(slot)) continue;
            tests++;
            if (!filter.Passes(slot))
            {
                between[others++] = slot;
                continue;
            }
            visited.Add(slot);
            fresh[count++] = slot;
        }
        foreach (var other in between[..others])
        {
            if (count >= degree) break;
            scratch.Visits++;
            visited.Add(other);
            foreach (var slot in walk.Links(0, other))
            {
                if (visited.Contains(slot)) continue;
                tests++;
                if (!filter.Passes(slot)) continue;
                visited.Add(slot);
                fresh[count++] = slot;
            }
        }
        return count;
    }

    private static void Offer<TWalk>(in TWalk walk, ReadOnlySpan<int> slots, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
    {
        foreach (var met in Score(walk, slots, scratch))
            scratch.Pool.Offer(met);
    }

    private static ReadOnlySpan<ulong> Score<TWalk>(in TWalk walk, ReadOnlySpan<int> slots, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
    {
        foreach (var slot in slots[..Math.Min(GraphSearch.LookAhead, slots.Length)])
            walk.Prefetch(slot);
        var scored = scratch.Scored[..slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            if (i + GraphSearch.LookAhead < slots.Length) walk.Prefetch(slots[i + GraphSearch.LookAhead]);
            scored[i] = ScoredSlot.Pack(walk.Score(slots[i]), slots[i]);
        }
        scratch.Distances += slots.Length;
        return scored;
    }
}
