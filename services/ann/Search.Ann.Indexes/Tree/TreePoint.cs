using Search.Vectors;

namespace Search.Ann.Indexes.Tree;

/// <summary>A stored vector or a query on its way down a tree.</summary>
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

    /// <summary>Under inner product, for <see cref="Candidates.Lifting"/>; 0 otherwise.</summary>
    public float SquaredLength { get; }

    public static TreePoint Stored(ReadOnlySpan<float> vector, int slot, bool lifts) => new(vector, slot, lifts);

    public static TreePoint Query(ReadOnlySpan<float> vector, bool lifts) => new(vector, -1, lifts);
}
