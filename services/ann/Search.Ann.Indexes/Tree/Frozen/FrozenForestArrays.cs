using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>What all trees of a frozen forest lie in, one tree after the other.</summary>
/// <param name="Normals">As many components as a vector has for each split.</param>
/// <param name="Starts">For each leaf where its slots start among those of its tree, and for each tree their end.</param>
/// <param name="Leaves">For each tree all slots.</param>
internal readonly record struct FrozenForestArrays(RegionSlice<Split> Splits, RegionSlice<float> Normals, RegionSlice<int> Starts, RegionSlice<int> Leaves)
{
    public long Bytes => Splits.Bytes + Normals.Bytes + Starts.Bytes + Leaves.Bytes;

    /// <summary>Memory for a forest to be filled.</summary>
    public static FrozenForestArrays Allocate(ForestShape shape) => new(
        RegionSlice<Split>.Allocate(shape.SplitCount), RegionSlice<float>.Allocate(shape.SplitCount * shape.Dimension), RegionSlice<int>.Allocate(shape.StartCount),
        RegionSlice<int>.Allocate(shape.LeafSlotCount));

    public void Release()
    {
        Splits.Region.Dispose();
        Normals.Region.Dispose();
        Starts.Region.Dispose();
        Leaves.Region.Dispose();
    }
}
