using System.Runtime.CompilerServices;

namespace Search.Vectors.Rows;

/// <summary>8-bit codes in one flat array: row r starts at r·<see cref="Stride"/> bytes, and may carry other things after its code.</summary>
public readonly ref struct CodeRows
{
    /// <param name="values">The array; after the last row it may end without padding.</param>
    /// <param name="dimension">Codes a row, 1 to <see cref="Codes.CodeKernels.MaxDimension"/>.</param>
    /// <param name="stride">Distance from row to row in bytes, at least <paramref name="dimension"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A dimension out of range, or a stride below it.</exception>
    public CodeRows(ReadOnlySpan<byte> values, int dimension, int stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, Codes.CodeKernels.MaxDimension);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, dimension);
        Values = values;
        Dimension = dimension;
        Stride = stride;
        Count = RowCount.Of(values.Length, dimension, stride);
    }

    public CodeRows(ReadOnlySpan<byte> values, int dimension)
        : this(values, dimension, dimension)
    {
    }

    public ReadOnlySpan<byte> Values { get; }

    public int Dimension { get; }

    public int Stride { get; }

    /// <summary>Whole rows in <see cref="Values"/>.</summary>
    public int Count { get; }

    /// <exception cref="ArgumentOutOfRangeException">No such row.</exception>
    public ReadOnlySpan<byte> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            RowCount.Require(row, Count);
            return Values.Slice(row * Stride, Dimension);
        }
    }
}
