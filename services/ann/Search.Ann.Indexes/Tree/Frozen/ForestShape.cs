namespace Search.Ann.Indexes.Tree.Frozen;

/// <summary>How much there is of everything in a frozen forest.</summary>
/// <param name="Slots">Vectors that differ.</param>
/// <param name="Options">As the forest was made; its effort means nothing here.</param>
/// <param name="Trees">For each tree that has been grown its root and its number of splits; it has a leaf more.</param>
internal sealed record ForestShape(VectorMetric Metric, int Dimension, int Slots, ForestOptions Options, IReadOnlyList<(int Root, int Splits)> Trees)
{
    public bool Lifts => Metric == VectorMetric.InnerProduct;

    public long SplitCount => Trees.Sum(tree => (long)tree.Splits);

    public long StartCount => Trees.Sum(tree => tree.Splits + 2L);

    public long LeafSlotCount => (long)Trees.Count * Slots;
}
