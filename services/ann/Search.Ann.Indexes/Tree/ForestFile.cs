using System.Runtime.CompilerServices;
using Search.Ann.Indexes.Candidates;
using Search.Vectors.Files;

namespace Search.Ann.Indexes.Tree;

/// <summary>Options · and for each tree: counts and free nodes · splits · normals · leaves. Each a section with its checksum.</summary>
internal static class ForestFile
{
    public const string Magic = "SEARCHRP";

    public static void Save(ChecksumWriter writer, ForestOptions options, SlotTable table, IReadOnlyList<TreeNodes> trees)
    {
        writer.Write(options.Trees);
        writer.Write(options.LeafSize);
        writer.Write(options.Seed);
        writer.Write(trees.Count);
        writer.EndSection();
        foreach (var tree in trees)
            Save(writer, tree);
    }

    /// <param name="options">Those that are not stored.</param>
    public static Forest Load(ChecksumReader reader, ForestOptions options, VectorMetric metric, SlotTable table)
    {
        reader.BeginSection("forest");
        var (trees, leafSize, seed, grown) = (reader.Read<int>(), reader.Read<int>(), reader.Read<ulong>(), reader.Read<int>());
        reader.EndSection("forest");
        reader.Require(trees is >= 1 and <= ForestOptions.MostTrees && leafSize is >= ForestOptions.SmallestLeaf and <= ForestOptions.LargestLeaf, "forest", "an option is out of range");
        reader.Require(grown == 0 || grown == trees, "forest", "trees are missing");
        var all = new TreeNodes[grown];
        for (var i = 0; i < all.Length; i++)
            all[i] = Load(reader, new TreeNodes(table.Vectors.Dimension, leafSize), table, lifts: metric == VectorMetric.InnerProduct);
        return new Forest(options with { Trees = trees, LeafSize = leafSize, Seed = seed }, metric, table, all);
    }

    private static void Save(ChecksumWriter writer, TreeNodes tree)
    {
        writer.Write(tree.Root);
        writer.Write(tree.SplitCount);
        writer.Write(tree.LeafCount);
        writer.Write(tree.FreeSplits.Count);
        writer.Write(tree.FreeLeaves.Count);
        writer.EndSection();

        // A stack enumerates from its top.
        foreach (var split in tree.FreeSplits.Reverse())
            writer.Write(split);
        foreach (var leaf in tree.FreeLeaves.Reverse())
            writer.Write(leaf);
        writer.EndSection();

        var freeSplits = tree.FreeSplits.ToHashSet();
        for (var split = 0; split < tree.SplitCount; split++)
        {
            if (!freeSplits.Contains(split)) writer.Write(tree.Split(split));
        }
        writer.EndSection();

        for (var split = 0; split < tree.SplitCount; split++)
        {
            if (!freeSplits.Contains(split)) writer.Write<float>(tree.Normals.Row(split));
        }
        writer.EndSection();

        var freeLeaves = tree.FreeLeaves.ToHashSet();
        for (var leaf = 0; leaf < tree.LeafCount; leaf++)
        {
            if (freeLeaves.Contains(leaf)) continue;
            writer.Write(tree.Leaves.Slots(leaf).Length);
            writer.Write(tree.Leaves.Slots(leaf));
        }
        writer.EndSection();
    }

    private static TreeNodes Load(ChecksumReader reader, TreeNodes tree, SlotTable table, bool lifts)
    {
        reader.BeginSection("tree");
        var (root, splits, leaves) = (reader.Read<int>(), reader.Read<int>(), reader.Read<int>());
        var (freeSplitCount, freeLeafCount) = (reader.Read<int>(), reader.Read<int>());
        reader.EndSection("tree");
        reader.Require(
            splits is >= 0 and <= TreeNodes.MaxNodes && leaves is >= 1 and <= TreeNodes.MaxNodes && freeSplitCount >= 0 && freeSplitCount <= splits
            && freeLeafCount >= 0 && freeLeafCount < leaves, "tree", "a count is out of range");
        reader.BeginSection("free nodes");
        // A place in one of these lists, or a split with its normal, or the number of slots in a leaf.
        reader.RequireRoom(
            (Int128)(freeSplitCount + (long)freeLeafCount) * sizeof(int) + (Int128)(splits - freeSplitCount) * (Unsafe.SizeOf<Split>() + table.Vectors.Dimension * sizeof(float))
            + (Int128)(leaves - freeLeafCount) * sizeof(int));
        tree.EnsureCapacity(splits, leaves);
        (tree.Root, tree.SplitCount, tree.LeafCount) = (root, splits, leaves);

        var freeSplits = ReadFree(reader, freeSplitCount, splits, tree.FreeSplits);
        var freeLeaves = ReadFree(reader, freeLeafCount, leaves, tree.FreeLeaves);
        reader.EndSection("free nodes");

        reader.BeginSection("splits");
        for (var split = 0; split < splits; split++)
        {
            if (!freeSplits[split]) tree.Split(split) = reader.Read<Split>();
        }
        reader.EndSection("splits");
        reader.BeginSection("normals");
        for (var split = 0; split < splits; split++)
        {
            if (!freeSplits[split]) reader.Read(tree.Normals.Row(split));
        }
        reader.EndSection("normals");

        reader.BeginSection("leaves");
        Span<int> slots = stackalloc int[tree.Leaves.LeafSize];
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            if (freeLeaves[leaf]) continue;
            var count = reader.Read<int>();
            reader.Require(count >= 0 && count <= slots.Length, "leaves", "one has too many slots");
            reader.Read(slots[..count]);
            tree.Leaves.Set(leaf, slots[..count]);
        }
        reader.EndSection("leaves");
        var isSound = TreeCheck.HoldsEachSlotOnce(new LiveTree(tree), freeLeaves, table.FreeSlots()) && TreeCheck.IsTree(new LiveTree(tree), freeSplits, freeLeaves, lifts);
        reader.Require(isSound, "leaves", "the nodes make no tree over the index's vectors");
        return tree;
    }

    // The stack receives them in the order of the file. Wrong ones show in the check of the whole tree.
    private static bool[] ReadFree(ChecksumReader reader, int count, int of, Stack<int> free)
    {
        var isFree = new bool[of];
        for (var i = 0; i < count; i++)
        {
            var node = reader.Read<int>();
            reader.Require(node >= 0 && node < of && !isFree[node], "free nodes", "one is out of range or there twice");
            isFree[node] = true;
            free.Push(node);
        }
        return isFree;
    }
}
