using System.Runtime.CompilerServices;

namespace Search.Vectors.Rows;

/// <summary>Float vectors in one flat array: row r starts at r·<see cref="Stride"/>. No alignment is asked for; rows on 64-byte lines are read fastest.</summary>
public readonly ref struct VectorRows
{
    /// <param name="values">The array; after the last row it may end without padding.</param>
    /// <param name="dimension">Components a row, at least 1.</param>
    /// <param name="stride">Distance from row to row in floats, at least <paramref name="dimension"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension below 1, or a stride below the dimension.</exception>
    public VectorRows(ReadOnlySpan<float> values, int dimension, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, dimension);
        Values = values;
        Dimension = dimension;
        Stride = stride;
        Count = RowCount.Of(values.Length, dimension, stride);
    }

    public VectorRows(ReadOnlySpan<float> values, int dimension)
        : this(values, dimension, dimension)
    {
    }

    public ReadOnlySpan<float> Values { get; }

    public int Dimension { get; }

    public int Stride { get; }

    /// <summary>Whole rows in <see cref="Values"/>.</summary>
    public int Count { get; }

    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public ReadOnlySpan<float> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            RowCount.Require(row, Count);
            return Values.Slice(row * Stride, Dimension);
        }
    }
}
