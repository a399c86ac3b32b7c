using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Tree;

/// <summary>The one walk through a forest: a queue of what is left to visit in any of the trees, in which the leaf nearest to the query comes next, whichever tree it is in.</summary>
internal static class ForestWalk
{
    /// <summary>Puts the slots of the nearest leaves into <see cref="CandidateScratch{TSlots}.Found"/> until it is complete. False where that is not enough.</summary>
    /// <param name="lifts">Whether the forest is one for inner products.</param>
    public static bool TryCollect<TTree, TSlots>(ReadOnlySpan<TTree> trees, ReadOnlySpan<float> query, bool lifts, ForestScratch<TSlots> scratch)
        where TTree : struct, ITree
        where TSlots : struct, ICandidateSlots
    {
        var frontier = scratch.Frontier;
        frontier.Clear();
        var point = TreePoint.Query(query, lifts);
        for (var number = 0; number < trees.Length; number++)
            frontier.Push(Pending.Pack(0, number, trees[number].Root));
        while (frontier.Count > 0 && !scratch.Found.IsComplete)
        {
            var (distance, number, reference) = Pending.Unpack(frontier.Pop());
            var tree = trees[number];
            while (reference >= 0)
            {
                ref readonly var split = ref tree.Split(reference);
                var margin = split.Margin(tree.Normal(reference), point);
                var (near, far) = margin > 0 ? (split.Right, split.Left) : (split.Left, split.Right);
                // Neither side of a blind split is nearer.
                var across = split.IsBlind ? distance : Pending.Across(distance, margin);
                frontier.Push(Pending.Pack(across, number, far));
                reference = near;
                scratch.Visits++;
            }
            scratch.Found.Add(tree.Slots(~reference));
            scratch.Visits++;
        }
        return scratch.Found.IsEnough;
    }
}
