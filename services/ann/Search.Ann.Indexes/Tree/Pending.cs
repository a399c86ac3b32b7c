namespace Search.Ann.Indexes.Tree;

/// <summary>A subtree still to be visited, in one integer that orders by its distance from the query: 32 bits of distance, 8 of tree, 24 of reference.</summary>
internal static class Pending
{
    public static ulong Pack(float distance, int tree, int reference) =>
        // Floats that are not negative order like the integers of their bits.
        ((ulong)BitConverter.SingleToUInt32Bits(distance) << 32) | ((ulong)(uint)tree << 24) | ((uint)reference & 0xFF_FFFF);

    public static (float Distance, int Tree, int Reference) Unpack(ulong pending) =>
        (BitConverter.UInt32BitsToSingle((uint)(pending >> 32)), (int)(pending >> 24) & 0xFF, (int)(uint)(pending << 8) >> 8);

    /// <summary>The distance of what lies beyond a plane from a query that is already <paramref name="distance"/> away from the region before it.</summary>
    public static float Across(float distance, float margin) => MathF.Max(distance, MathF.Abs(margin));
}
