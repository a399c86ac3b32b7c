using Search.Ann.Indexes.Filters;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>The walk of level 0 with a filter. Reads only; allocates nothing once warm.</summary>
/// <remarks>
/// Effort means what it means without a filter. There a search for k results reads the links of about ef nodes: ef / k times as many as lie before its last result.
/// So does the traversal, wherever that last result lies: for a filter that has nothing to do with the query it reads ef / share nodes, for one that the nodes around the query pass
/// it reads ef, and where hardly any of them passes it soon knows that a scan is cheaper.
/// </remarks>
internal static class FilteredSearch
{
    // Among the nodes of a probe.
    private const int LeastPassing = 2;

    /// <summary>
    /// Leaves the <paramref name="ef"/> best nodes found of those that pass in <see cref="SearchScratch.Pool"/>. False where looking at all that pass is the better way, or
    /// the only one that finds enough of them.
    /// </summary>
    /// <param name="degree">Links a node has at most on level 0.</param>
    /// <param name="k">Results wanted, at most <paramref name="ef"/>.</param>
    public static bool TryCollect<TWalk, TIds>(in TWalk walk, SlotFilter<TIds> filter, int degree, int k, int ef, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
        where TIds : struct, ISlotIds
    {
        Span<int> seeds = stackalloc int[FilterSample.Enough];
        var share = FilterSample.Share(filter, seeds, out var found);
        var plan = FilterPlan.ForGraph(filter, share, degree, ef);
        if (plan.Route == FilterRoute.Scan) return false;

        var start = ScoredSlot.Unexpanded(GraphSearch.Descend(walk, 0, scratch));
        scratch.Pool.Reset(Math.Min(ef, walk.SlotCount));
        return Traverse(walk, filter, plan, start, degree, k, ef, scratch) switch
        {
            Ending.Done => true,
            Ending.MayHop => TwoHop(walk, filter, plan, seeds[..found], degree, scratch),
            _ => false,
        };
    }

    /// <summary>All nodes lead on, the best first, and those that pass are kept.</summary>
    private static Ending Traverse<TWalk, TIds>(
        in TWalk walk, SlotFilter<TIds> filter, in FilterPlan plan, ulong start, int degree, int k, int ef, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
        where TIds : struct, ISlotIds
    {
        var (visited, pool, frontier) = (scratch.Visited, scratch.Pool, scratch.Frontier);
        var fresh = scratch.Fresh;
        visited.Reset(walk.SlotCount);
        frontier.Clear();
        visited.Add(ScoredSlot.Slot(start));
        Meet(start, filter, scratch);
        var visitsForEach = ef / (double)k;
        // Nodes read, those read until the last one that was better than the k-th result, and those of the first that pass.
        int visits = 0, needed = 0, passed = 0;
        while (frontier.Count > 0)
        {
            var best = ~frontier.Pop();
            if (pool.Count < k || ScoredSlot.Unexpanded(best) >= pool.Items[k - 1]) needed = visits + 1;
            else if (visits >= needed * visitsForEach) break;
            if (IsPassing(best)) passed++;
            if (++visits == plan.Probe && passed >= LeastPassing) return Ending.MayHop;
            if (visits > plan.Probe && needed * visitsForEach * FilterPlan.VisitCost(degree) > plan.Patience) return Ending.Hopeless;

            scratch.Visits++;
            var count = 0;
            foreach (var slot in walk.Links(0, ScoredSlot.Slot(best)))
            {
                fresh[count] = slot;
                count += visited.Add(slot) ? 1 : 0;
            }
            foreach (var met in Score(walk, fresh[..count], scratch))
                Meet(met, filter, scratch);
        }
        return Ending.Done;
    }

    private static void Meet<TIds>(ulong met, SlotFilter<TIds> filter, SearchScratch scratch)
        where TIds : struct, ISlotIds
    {
        var passes = scratch.Pool.Admits(met) && filter.Passes(ScoredSlot.Slot(met));
        if (passes) scratch.Pool.Offer(met);
        scratch.Frontier.Push(~(passes ? Passing(met) : met));
    }

    // The frontier has no use for the mark of what was expanded, and lends it.
    private static ulong Passing(ulong met) => ScoredSlot.Expanded(met);

    private static bool IsPassing(ulong met) => ScoredSlot.IsExpanded(met);

    /// <summary>
    /// Nodes that pass lead to those that pass among their neighbours and, where these are few, among the neighbours of the others. Goes on from what is in the
    /// pool, and from the seeds. False when what passes hangs together too loosely, or the search does.
    /// </summary>
    private static bool TwoHop<TWalk, TIds>(
        in TWalk walk, SlotFilter<TIds> filter, in FilterPlan plan, ReadOnlySpan<int> seeds, int degree, SearchScratch scratch)
        where TWalk : struct, IGraphWalk, allows ref struct
        where TIds : struct, ISlotIds
    {
        var (visited, pool) = (scratch.Visited, scratch.Pool);
        var fresh = scratch.Fresh;
        visited.Reset(walk.SlotCount);
        foreach (var item in pool.Items)
            visited.Add(ScoredSlot.Slot(item));
        var count = 0;
        foreach (var seed in seeds)
        {
            fresh[count] = seed;
            count += visited.Add(seed) ? 1 : 0;
        }
        Offer(walk, fresh[..count], scratch);

        var patience = scratch.Distances + plan.Patience;
        var tests = 0L;
        while (pool.TryExpand(out var best))
        {
            scratch.Visits++;
            count = Gather(walk, filter, ScoredSlot.Slot(best), degree, scratch, ref tests);
            Offer(walk, fresh[..count], scratch);
            if (scratch.Distances + FilterPlan.TestCost * tests > patience) return false;
        }
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
        var ahead = walk.LookAhead;
        foreach (var slot in slots[..Math.Min(ahead, slots.Length)])
            walk.Prefetch(slot);
        var scored = scratch.Scored[..slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            if (i + ahead < slots.Length) walk.Prefetch(slots[i + ahead]);
            scored[i] = ScoredSlot.Pack(walk.Score(slots[i]), slots[i]);
        }
        scratch.Distances += slots.Length;
        return scored;
    }

    private enum Ending
    {
        Done = 0,
        MayHop,
        Hopeless,
    }
}
