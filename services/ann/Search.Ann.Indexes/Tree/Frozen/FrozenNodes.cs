using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>The nodes of one tree that is only read: splits, their normals, and the slots of all leaves one after the other.</summary>
/// <param name="dimension">Components of a normal.</param>
/// <param name="slotCount">Slots of the index.</param>
/// <param name="starts">Where the slots of each leaf start, and the end.</param>
/// <param name="leaves">Each slot once.</param>
internal sealed class FrozenNodes(int dimension, int slotCount, int root, RegionSlice<Split> splits, RegionSlice<float> normals, RegionSlice<int> starts, RegionSlice<int> leaves) : ITreeTarget
{
    public int Root => root;

    public int SplitCount => (int)splits.Count;

    public int LeafCount => (int)starts.Count - 1;

    public ref readonly Split Split(int split) => ref splits.At(split);

    public ReadOnlySpan<float> Normal(int split) => MemoryMarshal.CreateReadOnlySpan(ref normals.At((long)split * dimension), dimension);

    /// <exception cref="InvalidDataException">One of them is no slot: checksums tell damage, and a file made on purpose must not lead a search out of the vectors either.</exception>
    public ReadOnlySpan<int> Slots(int leaf)
    {
        var slots = Room(leaf);
        return SlotBounds.AreBelow(slots, slotCount) ? slots : throw FrozenForestFile.Damaged(FrozenForestFile.LeavesSection, "a leaf has a slot that is none");
    }

    public void SetSplit(int number, in Split split, ReadOnlySpan<float> normal)
    {
        splits.At(number) = split;
        normal.CopyTo(normals.Span((long)number * dimension, dimension));
    }

    public void SetLeaf(int number, ReadOnlySpan<int> slots)
    {
        if (number == 0) starts.At(0) = 0;
        starts.At(number + 1) = starts.At(number) + slots.Length;
        slots.CopyTo(Room(number));
    }

    /// <summary>Whether the leaves lie one after the other, none larger than that and nothing behind them.</summary>
    public bool HasSoundStarts(int leafSize)
    {
        if (starts.At(0) != 0 || starts.At(LeafCount) != slotCount) return false;
        for (var leaf = 0; leaf < LeafCount; leaf++)
        {
            var (start, end) = ((uint)starts.At(leaf), (uint)starts.At(leaf + 1));
            // The one before is no more than the slots there are: so is this one, and neither is negative.
            if (end < start || end > (uint)slotCount || end - start > (uint)leafSize) return false;
        }
        return true;
    }

    public void CountLeaves(Tally tally)
    {
        for (var leaf = 0; leaf < LeafCount; leaf++)
            tally.Count(starts.At(leaf + 1) - starts.At(leaf));
    }

    private Span<int> Room(int leaf) => leaves.Span(starts.At(leaf), starts.At(leaf + 1) - starts.At(leaf));
}

/// <inheritdoc cref="FrozenNodes"/>
internal readonly struct FrozenTree(FrozenNodes nodes) : ITree
{
    public int Root => nodes.Root;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Split Split(int split) => ref nodes.Split(split);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Normal(int split) => nodes.Normal(split);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Slots(int leaf) => nodes.Slots(leaf);
}
