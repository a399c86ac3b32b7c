namespace Search.Ann.Indexes.Tree;

/// <summary>Where the nodes of a tree are copied to, each in turn.</summary>
internal interface ITreeTarget
{
    void SetSplit(int number, in Split split, ReadOnlySpan<float> normal);

    void SetLeaf(int number, ReadOnlySpan<int> slots);
}

/// <summary>
/// A copy of a tree's nodes without gaps. Those that are free are left out, and all others stay in their order: where two subtrees are equally near, their numbers decide which a search visits first.
/// </summary>
internal sealed class TreeCopy
{
    private readonly TreeNodes _live;
    private readonly int[] _splits;
    private readonly int[] _leaves;

    public TreeCopy(TreeNodes live)
    {
        _live = live;
        _splits = Ranks(Free(live.SplitCount, live.FreeSplits));
        _leaves = Ranks(Free(live.LeafCount, live.FreeLeaves));
    }

    public int Root => Renamed(_live.Root);

    public int SplitCount => _live.SplitCount - _live.FreeSplits.Count;

    public int LeafCount => _live.LeafCount - _live.FreeLeaves.Count;

    /// <summary>The number of each when those that are free are left out; −1 for these.</summary>
    public static int[] Ranks(bool[] isFree)
    {
        var ranks = new int[isFree.Length];
        var next = 0;
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] = isFree[i] ? -1 : next++;
        return ranks;
    }

    /// <param name="slots">The new number of each slot.</param>
    public void CopyTo<TTarget>(TTarget target, ReadOnlySpan<int> slots)
        where TTarget : ITreeTarget
    {
        for (var split = 0; split < _splits.Length; split++)
        {
            if (_splits[split] < 0) continue;
            var node = _live.Split(split);
            target.SetSplit(_splits[split], node with { Left = Renamed(node.Left), Right = Renamed(node.Right) }, _live.Normals.Row(split));
        }
        Span<int> renamed = stackalloc int[_live.Leaves.LeafSize];
        for (var leaf = 0; leaf < _leaves.Length; leaf++)
        {
            if (_leaves[leaf] < 0) continue;
            var there = _live.Leaves.Slots(leaf);
            for (var i = 0; i < there.Length; i++)
                renamed[i] = slots[there[i]];
            target.SetLeaf(_leaves[leaf], renamed[..there.Length]);
        }
    }

    private static bool[] Free(int count, IEnumerable<int> free)
    {
        var isFree = new bool[count];
        foreach (var node in free)
            isFree[node] = true;
        return isFree;
    }

    private int Renamed(int reference) => reference < 0 ? ~_leaves[~reference] : _splits[reference];
}
