using System.Runtime.CompilerServices;

namespace Search.Vectors.Rows;

/// <summary>
/// Vectors or codes in one flat array: row r starts at r·<see cref="Stride"/>, and may carry other things after its <see cref="Dimension"/> components. No alignment is asked for;
/// rows on 64-byte lines are read fastest.
/// </summary>
/// <typeparam name="T">float, Half or byte.</typeparam>
public readonly ref struct FlatRows<T>
    where T : unmanaged
{
    /// <summary>Rows with room after each; only whole rows count.</summary>
    /// <param name="values">The array; after the last row it may end without padding.</param>
    /// <param name="dimension">Components a row, at least 1.</param>
    /// <param name="stride">Distance from row to row in components, at least <paramref name="dimension"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension below 1, or a stride below the dimension.</exception>
    public FlatRows(ReadOnlySpan<T> values, int dimension, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, dimension);
        Values = values;
        Dimension = dimension;
        Stride = stride;
        Count = RowCount.Of(values.Length, dimension, stride);
    }

    /// <summary>Rows without a gap.</summary>
    /// <param name="values">Row after row.</param>
    /// <param name="dimension">Components a row, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension below 1.</exception>
    public FlatRows(ReadOnlySpan<T> values, int dimension)
        : this(values, dimension, dimension)
    {
    }

    /// <summary>The array as it was given.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>Components a row.</summary>
    public int Dimension { get; }

    /// <summary>Distance from row to row in components.</summary>
    public int Stride { get; }

    /// <summary>Whole rows in <see cref="Values"/>.</summary>
    public int Count { get; }

    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public ReadOnlySpan<T> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            RowCount.Require(row, Count);
            return Values.Slice(row * Stride, Dimension);
        }
    }

    /// <summary>Some of the rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public FlatRows<T> Slice(int first, int count) =>
        new(count == 0 ? [] : Values.Slice(first * Stride, (count - 1) * Stride + Dimension), Dimension, Stride);
}
