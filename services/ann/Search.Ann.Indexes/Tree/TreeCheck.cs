using Search.Ann.Indexes.Candidates;

namespace Search.Ann.Indexes.Tree;

/// <summary>Whether a tree read from a file is one: a search trusts it and would walk in a circle otherwise.</summary>
internal static class TreeCheck
{
    /// <summary>Every node that is not free is reached exactly once from the root, every occupied slot is in exactly one leaf, and all numbers are usable.</summary>
    public static bool IsSound(TreeNodes tree, SlotTable table, bool[] freeSplits, bool[] freeLeaves, bool lifts)
    {
        var (unseenSplits, unseenLeaves) = (freeSplits.Count(free => !free), freeLeaves.Count(free => !free));
        var isSeen = new bool[table.SlotCount];
        var unseenSlots = table.OccupiedCount;
        var pending = new Stack<int>([tree.Root]);
        while (pending.TryPop(out var reference))
        {
            if (reference < 0)
            {
                if (~reference >= tree.LeafCount || freeLeaves[~reference] || unseenLeaves-- == 0) return false;
                foreach (var slot in tree.Leaves.Slots(~reference))
                {
                    if (slot < 0 || slot >= isSeen.Length || isSeen[slot] || !table.IsOccupied(slot)) return false;
                    isSeen[slot] = true;
                    unseenSlots--;
                }
                continue;
            }
            if (reference >= tree.SplitCount || freeSplits[reference] || unseenSplits-- == 0) return false;
            ref var split = ref tree.Split(reference);
            if (float.IsInfinity(split.Offset) || !float.IsFinite(split.Lift) || !float.IsFinite(split.Reach) || !lifts && split.Reach != 0) return false;
            pending.Push(split.Left);
            pending.Push(split.Right);
        }
        return (unseenSplits, unseenLeaves, unseenSlots) == (0, 0, 0);
    }
}
