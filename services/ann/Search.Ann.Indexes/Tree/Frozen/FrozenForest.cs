using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Statistics;
using Search.Ann.Indexes.Storage.Frozen;

namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>A forest that is only read: the nodes of all trees in a few long arrays, in memory or in a mapped file. Nodes keep the order that they had, so every search goes the way it went.</summary>
internal sealed class FrozenForest : ICandidateProposer<FrozenSlots>
{
    private readonly FrozenTree[] _walked;

    /// <exception cref="ArgumentOutOfRangeException">There is less in the arrays than the shape says.</exception>
    public FrozenForest(ForestShape shape, FrozenForestArrays arrays)
    {
        Shape = shape;
        Arrays = arrays;
        var trees = new FrozenNodes[shape.Trees.Count];
        var (splits, starts) = (0L, 0L);
        for (var number = 0; number < trees.Length; number++)
        {
            var (root, count) = shape.Trees[number];
            trees[number] = new FrozenNodes(
                shape.Dimension, shape.Slots, root, arrays.Splits.Slice(splits, count), arrays.Normals.Slice(splits * shape.Dimension, (long)count * shape.Dimension),
                arrays.Starts.Slice(starts, count + 2L), arrays.Leaves.Slice((long)number * shape.Slots, shape.Slots));
            splits += count;
            starts += count + 2L;
        }
        Trees = trees;
        _walked = [.. trees.Select(tree => new FrozenTree(tree))];
    }

    public ForestShape Shape { get; }

    public FrozenForestArrays Arrays { get; }

    public IReadOnlyList<FrozenNodes> Trees { get; }

    public CandidateScratch<FrozenSlots> CreateScratch() => new ForestScratch<FrozenSlots>();

    public bool TryCollect(ReadOnlySpan<float> query, CandidateScratch<FrozenSlots> scratch) =>
        ForestWalk.TryCollect<FrozenTree, FrozenSlots>(_walked, query, Shape.Lifts, (ForestScratch<FrozenSlots>)scratch);

    public Histogram Occupancy()
    {
        var tally = new Tally();
        foreach (var tree in Trees)
            tree.CountLeaves(tally);
        return tally.Of("vectors in a leaf");
    }

    /// <summary>Whether the leaves of every tree are where they can be.</summary>
    public bool HasSoundStarts() => Trees.All(tree => tree.HasSoundStarts(Shape.Options.LeafSize));

    /// <summary>Whether every tree is one.</summary>
    public bool HasSoundTrees() => _walked.Zip(Trees).All(tree => TreeCheck.IsTree(tree.First, new bool[tree.Second.SplitCount], new bool[tree.Second.LeafCount], Shape.Lifts));

    /// <summary>Whether each tree has each slot once, so that a search of everything finds everything.</summary>
    public bool HoldsEachSlotOnce() => _walked.Zip(Trees).All(tree => TreeCheck.HoldsEachSlotOnce(tree.First, new bool[tree.Second.LeafCount], new bool[Shape.Slots]));
}
