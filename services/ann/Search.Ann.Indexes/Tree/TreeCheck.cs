namespace Search.Ann.Indexes.Tree;

/// <summary>Whether a tree read from a file is one: a search trusts it, and would walk in a circle or miss vectors otherwise.</summary>
internal static class TreeCheck
{
    /// <summary>Every node in use is reached exactly once from the root, and all numbers are usable.</summary>
    /// <param name="splits">For each split whether it is free, that is, not to be reached. All are true afterwards where it is a tree.</param>
    /// <param name="leaves">The same of the leaves.</param>
    public static bool IsTree<TTree>(TTree tree, bool[] splits, bool[] leaves, bool lifts)
        where TTree : struct, ITree
    {
        var pending = new Stack<int>([tree.Root]);
        while (pending.TryPop(out var reference))
        {
            if (!TryTake(reference < 0 ? leaves : splits, reference < 0 ? ~reference : reference)) return false;
            if (reference < 0) continue;
            ref readonly var split = ref tree.Split(reference);
            if (float.IsInfinity(split.Offset) || !float.IsFinite(split.Lift) || !float.IsFinite(split.Reach) || !lifts && split.Reach != 0) return false;
            pending.Push(split.Left);
            pending.Push(split.Right);
        }
        return !splits.Contains(false) && !leaves.Contains(false);
    }

    /// <summary>Every slot that holds a vector is in exactly one leaf.</summary>
    /// <param name="isFree">For each leaf whether nothing leads to it.</param>
    /// <param name="slots">For each slot whether it is free, that is, in no leaf. All are true afterwards where it holds.</param>
    public static bool HoldsEachSlotOnce<TTree>(TTree tree, ReadOnlySpan<bool> isFree, bool[] slots)
        where TTree : struct, ITree
    {
        for (var leaf = 0; leaf < isFree.Length; leaf++)
        {
            if (isFree[leaf]) continue;
            foreach (var slot in tree.Slots(leaf))
            {
                if (!TryTake(slots, slot)) return false;
            }
        }
        return !slots.Contains(false);
    }

    private static bool TryTake(bool[] taken, int number)
    {
        if ((uint)number >= (uint)taken.Length || taken[number]) return false;
        return taken[number] = true;
    }
}
