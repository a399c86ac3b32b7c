using System.Runtime.CompilerServices;

namespace Search.Ann.Indexes.Tree;

/// <summary>
/// One tree, wherever its nodes lie. A struct as a type argument, so that a walk is compiled with the access inlined. A reference is the number of a split where it is ≥ 0, and the complement of a leaf's
/// number where it is negative.
/// </summary>
internal interface ITree
{
    int Root { get; }

    ref readonly Split Split(int split);

    /// <summary>As many components as the vectors have.</summary>
    ReadOnlySpan<float> Normal(int split);

    /// <summary>In no order.</summary>
    ReadOnlySpan<int> Slots(int leaf);
}

/// <summary>One that is written to.</summary>
internal readonly struct LiveTree(TreeNodes nodes) : ITree
{
    public int Root => nodes.Root;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Split Split(int split) => ref nodes.Split(split);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Normal(int split) => nodes.Normals.Row(split);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Slots(int leaf) => nodes.Leaves.Slots(leaf);
}
