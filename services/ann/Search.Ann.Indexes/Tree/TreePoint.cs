using Search.Vectors;

namespace Search.Ann.Indexes.Tree;

/// <summary>A stored vector or a query on its way down a tree.</summary>
/// <remarks>
/// Under inner product the nearest need not be near: a long vector beats a close one. Stored vectors are therefore lifted by one component to a
/// common length R, √(R² − |x|²), and the query by 0, so that the order by angle is the order by inner product (Bachrach et al., "Speeding up the
/// Xbox recommender system", RecSys 2014).
/// </remarks>
internal readonly ref struct TreePoint
{
    private TreePoint(ReadOnlySpan<float> vector, int slot, bool lifts)
    {
        Vector = vector;
        Slot = slot;
        SquaredLength = lifts ? (float)VectorKernels.SquaredNorm(vector) : 0;
    }

    public ReadOnlySpan<float> Vector { get; }

    /// <summary>−1 for a query.</summary>
    public int Slot { get; }

    /// <summary>Only under inner product; 0 otherwise.</summary>
    public float SquaredLength { get; }

    public static TreePoint Stored(ReadOnlySpan<float> vector, int slot, bool lifts) => new(vector, slot, lifts);

    public static TreePoint Query(ReadOnlySpan<float> vector, bool lifts) => new(vector, -1, lifts);
}
