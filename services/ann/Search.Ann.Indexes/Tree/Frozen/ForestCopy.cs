using System.Diagnostics;
using Search.Ann.Indexes.Candidates;
using Search.Ann.Indexes.Metrics;
using Search.Ann.Indexes.Storage.Frozen;

namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>The copy of a live forest. Slots that are free are left out, as nodes are by <see cref="TreeCopy"/>, and all others stay in their order.</summary>
internal static class ForestCopy
{
    public static IVectorIndex Of(IndexShape shape, SlotTable table, Forest live, FrozenForestOptions options)
    {
        var started = Stopwatch.GetTimestamp();
        var isFree = table.FreeSlots();
        var renamed = TreeCopy.Ranks(isFree);
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
            trees[number].CopyTo(forest.Trees[number], renamed);
        return MetricDispatch.Run(shape.Metric, new FrozenForestCreation(forest, slots, options, BuildTime: Stopwatch.GetElapsedTime(started)));
    }
}
