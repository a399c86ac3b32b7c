using System.Diagnostics;
using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage.Frozen;

namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>
/// The copy of a live forest. Slots, splits and leaves that are free are left out, and all others stay in their order: where two subtrees are equally near, their numbers decide which is visited first.
/// </summary>
internal static class ForestCopy
{
    public static IVectorIndex Of(IndexShape shape, SlotTable table, Forest live, FrozenForestOptions options)
    {
        var started = Stopwatch.GetTimestamp();
        var isFree = table.FreeSlots();
        var renamed = Ranks(isFree);
        var vectors = FrozenVectors.Allocate(shape.Dimension, table.OccupiedCount);
        var ids = new long[table.OccupiedCount][];
        for (var slot = 0; slot < isFree.Length; slot++)
        {
            if (isFree[slot]) continue;
            table.Vectors.Row(slot).CopyTo(vectors.Row(renamed[slot]));
            ids[renamed[slot]] = table.Members.Of(slot).ToArray();
        }
        var slots = new FrozenSlots(vectors, FrozenIds.Of(ids));

        TreeCopy[] trees = [.. live.Trees.Select(tree => new TreeCopy(tree))];
        var copied = new ForestShape(shape.Metric, shape.Dimension, ids.Length, live.Stored, [.. trees.Select(tree => (tree.Root, tree.SplitCount))]);
        var forest = new FrozenForest(copied, FrozenForestArrays.Allocate(copied));
        for (var number = 0; number < trees.Length; number++)
            trees[number].Fill(forest.Trees[number], renamed);
        return MetricDispatch.Run(shape.Metric, new FrozenForestCreation(forest, slots, options, BuildTime: Stopwatch.GetElapsedTime(started)));
    }

    /// <summary>The number of each when those that are free are left out.</summary>
    private static int[] Ranks(bool[] isFree)
    {
        var ranks = new int[isFree.Length];
        var next = 0;
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] = isFree[i] ? -1 : next++;
        return ranks;
    }

    private sealed class TreeCopy
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

        public void Fill(FrozenNodes frozen, int[] slots)
        {
            for (var split = 0; split < _splits.Length; split++)
            {
                if (_splits[split] < 0) continue;
                var node = _live.Split(split);
                frozen.Split(_splits[split]) = node with { Left = Renamed(node.Left), Right = Renamed(node.Right) };
                _live.Normals.Row(split).CopyTo(frozen.Normal(_splits[split]));
            }
            Span<int> renamed = stackalloc int[_live.Leaves.LeafSize];
            for (var leaf = 0; leaf < _leaves.Length; leaf++)
            {
                if (_leaves[leaf] < 0) continue;
                var there = _live.Leaves.Slots(leaf);
                for (var i = 0; i < there.Length; i++)
                    renamed[i] = slots[there[i]];
                frozen.Append(_leaves[leaf], renamed[..there.Length]);
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
}
