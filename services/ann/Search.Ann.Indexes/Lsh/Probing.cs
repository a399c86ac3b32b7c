namespace Search.Ann.Indexes.Lsh;

/// <summary>
/// Which buckets to look into: first the query's own in every table, then those of any table in the order of how far the query is from them, by the
/// squares of its distances to the boundaries crossed. Section 4.4 of the paper, with one heap for all tables.
/// </summary>
internal static class Probing
{
    /// <summary>Counts in which buckets slots are, until so many different ones have been met.</summary>
    public static void Collect(HashTables tables, ReadOnlySpan<float> query, long wanted, long mostProbes, LshScratch scratch)
    {
        var functions = tables.Functions;
        var (found, queue) = (scratch.Collisions, scratch.Queue);
        scratch.Reset(functions);
        functions.ProjectQuery(query, scratch.Projections);
        // All tables, even where one bucket holds enough: in how many a slot is is what is to be learnt.
        for (var t = 0; t < functions.Tables; t++)
        {
            var key = functions.Key(t, scratch.Projections);
            found.Add(tables.Slots(t, key));
            functions.Steps(t, scratch.Projections, scratch.Costs(t), scratch.Changes(t));
            queue.Push(new Probe(scratch.Costs(t)[0], t, 0, key + scratch.Changes(t)[0], 1));
            scratch.Visits++;
        }
        while (found.Count < wanted && queue.Count > 0 && scratch.Visits < mostProbes)
        {
            var probe = queue.Pop();
            var costs = scratch.Costs(probe.Table);
            var changes = scratch.Changes(probe.Table);
            var isPossible = IsPossible(probe, costs.Length, functions);
            if (isPossible)
            {
                found.Add(tables.Slots(probe.Table, probe.Key));
                scratch.Visits++;
            }
            var next = probe.Last + 1;
            if (next == costs.Length) continue;
            // Shift: the next step instead of the last. Expand: the next step as well; a set that is impossible stays so.
            var without = probe.Cost - costs[probe.Last];
            queue.Push(new Probe(without + costs[next], probe.Table, next, probe.Key - changes[probe.Last] + changes[next], probe.Steps ^ (3ul << probe.Last)));
            if (isPossible) queue.Push(new Probe(probe.Cost + costs[next], probe.Table, next, probe.Key + changes[next], probe.Steps | (1ul << next)));
        }
    }

    // Not up and down out of the same cell at once. Only the last step can be the offender: sets with an older one were never expanded.
    private static bool IsPossible(in Probe probe, int steps, HashFunctions functions) =>
        functions.Width == 0 || (probe.Steps >> (steps - 1 - probe.Last) & 1) == 0;
}
