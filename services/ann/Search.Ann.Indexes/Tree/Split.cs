using Search.Ann.Indexes.Candidates;
using Search.Vectors;

namespace Search.Ann.Indexes.Tree;

/// <summary>One inner node: a hyperplane, but for its normal, and what lies on either side. Twenty bytes, as they are in memory and in a file.</summary>
/// <param name="Left">Where the margin is not positive: another split where ≥ 0, or the complement of a leaf.</param>
/// <param name="Offset">Added to the product with the normal; NaN for a split that no hyperplane makes, see <see cref="IsBlind"/>.</param>
/// <param name="Lift">Weight of a stored vector's lifted component, under inner product.</param>
/// <param name="Reach">Length to which vectors are lifted, under inner product; 0 otherwise.</param>
internal record struct Split(int Left, int Right, float Offset, float Lift, float Reach)
{
    /// <summary>Vectors that rounding makes inseparable are dealt to the sides by slot, and a query goes to both.</summary>
    public readonly bool IsBlind => float.IsNaN(Offset);

    /// <summary>Signed distance from the hyperplane; NaN for a blind split.</summary>
    public readonly float Margin(ReadOnlySpan<float> normal, in TreePoint point) =>
        IsBlind ? float.NaN : Product(normal, point) + Offset;

    /// <summary>What the offset is added to: the normal times the vector as lifted or, for a query, as scaled to the common length.</summary>
    public readonly float Product(ReadOnlySpan<float> normal, in TreePoint point)
    {
        var product = VectorKernels.Dot(normal, point.Vector);
        if (Reach == 0) return product;
        if (point.Slot >= 0) return product + Lift * Lifting.Component(point.SquaredLength, Reach);
        return product * Lifting.QueryScale(point.SquaredLength, Reach);
    }

    /// <summary>Whether a stored vector belongs on the right.</summary>
    /// <param name="id">This split's number.</param>
    public readonly bool IsRight(int id, ReadOnlySpan<float> normal, in TreePoint point) =>
        IsBlind ? (Draw.Mix(((ulong)id << 32) | (uint)point.Slot) & 1) == 1 : Product(normal, point) + Offset > 0;
}
