using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Tree;

/// <summary>
/// The nodes of one tree in flat arrays, and nothing that decides about them. A reference is the number of a split where it is ≥ 0, and the complement
/// of a leaf's number where it is negative.
/// </summary>
/// <remarks>Growing copies and swaps, so a search that reads beside it reads the same values in the old array or in the new one.</remarks>
internal sealed class TreeNodes(int dimension, int leafSize) : ITreeTarget
{
    // A search packs a reference into 24 bits.
    public const int MaxNodes = 1 << 23;

    private Split[] _splits = [];

    public int Root { get; set; }

    public int SplitCount { get; set; }

    public int LeafCount { get; set; }

    public Stack<int> FreeSplits { get; } = [];

    public Stack<int> FreeLeaves { get; } = [];

    public VectorRows Normals { get; } = new(dimension);

    public LeafRows Leaves { get; } = new(leafSize);

    public unsafe long Bytes => (long)_splits.Length * sizeof(Split) + Normals.Bytes + Leaves.Bytes + MemorySize.Of(FreeSplits) + MemorySize.Of(FreeLeaves);

    public ref Split Split(int split) => ref _splits[split];

    public void EnsureCapacity(int splits, int leaves)
    {
        if (splits > MaxNodes || leaves > MaxNodes) throw new InvalidOperationException($"A tree has at most {MaxNodes:n0} leaves: use larger ones.");
        if (splits > _splits.Length) Array.Resize(ref _splits, Math.Max(splits, _splits.Length + _splits.Length / 2));
        Normals.EnsureCapacity(splits);
        Leaves.EnsureCapacity(leaves);
    }

    /// <summary>A split that nothing refers to yet.</summary>
    public int TakeSplit()
    {
        if (FreeSplits.TryPop(out var split)) return split;
        EnsureCapacity(SplitCount + 1, LeafCount);
        return SplitCount++;
    }

    /// <summary>A leaf that nothing refers to yet, with these slots in it. Returns the reference to it.</summary>
    public int TakeLeaf(ReadOnlySpan<int> slots)
    {
        if (!FreeLeaves.TryPop(out var leaf))
        {
            EnsureCapacity(SplitCount, LeafCount + 1);
            leaf = LeafCount++;
        }
        Leaves.Set(leaf, slots);
        return ~leaf;
    }

    /// <summary>Frees a subtree that nothing refers to any more.</summary>
    public void Free(int reference)
    {
        if (reference < 0)
        {
            FreeLeaves.Push(~reference);
            return;
        }
        Free(_splits[reference].Left);
        Free(_splits[reference].Right);
        FreeSplits.Push(reference);
    }

    public void SetSplit(int number, in Split split, ReadOnlySpan<float> normal)
    {
        _splits[number] = split;
        normal.CopyTo(Normals.Row(number));
    }

    public void SetLeaf(int number, ReadOnlySpan<int> slots) => Leaves.Set(number, slots);

    /// <summary>The same tree over other numbers of the slots, without room for nodes that are free.</summary>
    public TreeNodes Renamed(ReadOnlySpan<int> slots)
    {
        var copy = new TreeCopy(this);
        var renamed = new TreeNodes(Normals.Dimension, Leaves.LeafSize);
        renamed.EnsureCapacity(copy.SplitCount, copy.LeafCount);
        (renamed.Root, renamed.SplitCount, renamed.LeafCount) = (copy.Root, copy.SplitCount, copy.LeafCount);
        copy.CopyTo(renamed, slots);
        return renamed;
    }

    /// <summary>Counts the slots of each leaf of the tree.</summary>
    public void CountLeaves(Tally tally)
    {
        var waiting = new Stack<int>([Root]);
        while (waiting.TryPop(out var reference))
        {
            if (reference < 0)
            {
                tally.Count(Leaves.Slots(~reference).Length);
                continue;
            }
            waiting.Push(_splits[reference].Left);
            waiting.Push(_splits[reference].Right);
        }
    }

    /// <summary>Appends the slots of a subtree.</summary>
    public void Gather(int reference, List<int> slots)
    {
        if (reference < 0)
        {
            slots.AddRange(Leaves.Slots(~reference));
            return;
        }
        Gather(_splits[reference].Left, slots);
        Gather(_splits[reference].Right, slots);
    }
}
