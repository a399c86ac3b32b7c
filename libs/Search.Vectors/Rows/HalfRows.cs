using System.Runtime.CompilerServices;

namespace Search.Vectors.Rows;

/// <summary>float16 vectors in one flat array: row r starts at r·<see cref="Stride"/>.</summary>
public readonly ref struct HalfRows
{
    /// <param name="values">The array; after the last row it may end without padding.</param>
    /// <param name="dimension">Components a row, at least 1.</param>
    /// <param name="stride">Distance from row to row in components, at least <paramref name="dimension"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension below 1, or a stride below the dimension.</exception>
    public HalfRows(ReadOnlySpan<Half> values, int dimension, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, dimension);
        Values = values;
        Dimension = dimension;
        Stride = stride;
        Count = RowCount.Of(values.Length, dimension, stride);
    }

    public HalfRows(ReadOnlySpan<Half> values, int dimension)
        : this(values, dimension, dimension)
    {
    }

    public ReadOnlySpan<Half> Values { get; }

    public int Dimension { get; }

    public int Stride { get; }

    /// <summary>Whole rows in <see cref="Values"/>.</summary>
    public int Count { get; }

    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public ReadOnlySpan<Half> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            RowCount.Require(row, Count);
            return Values.Slice(row * Stride, Dimension);
        }
    }
}
