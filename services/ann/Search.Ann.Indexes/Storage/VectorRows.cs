using System.Runtime.CompilerServices;
using Search.Vectors.Rows;

namespace Search.Ann.Indexes.Storage;

/// <summary>Vectors by slot. Not synchronised; the owner says who may touch which slot.</summary>
internal sealed class VectorRows(int dimension)
{
    private readonly RowBlocks<float> _rows = new(dimension);

    public int Dimension { get; } = dimension;

    /// <summary>Rows to ask for ahead of the one being scored.</summary>
    public int LookAhead { get; } = RowsAhead.Of(sizeof(float) * dimension);

    /// <inheritdoc cref="RowBlocks{T}.Capacity"/>
    public int Capacity => _rows.Capacity;

    /// <inheritdoc cref="RowBlocks{T}.Bytes"/>
    public long Bytes => _rows.Bytes;

    public void EnsureCapacity(int slots) => _rows.EnsureCapacity(slots);

    /// <inheritdoc cref="RowBlocks{T}.Trim"/>
    public void Trim(int slots) => _rows.Trim(slots);

    /// <inheritdoc cref="RowBlocks{T}.Row"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int slot) => _rows.Row(slot);

    /// <inheritdoc cref="RowBlocks{T}.Run"/>
    public FlatRows<float> Run(int slot, int end) => _rows.Run(slot, end);

    /// <inheritdoc cref="RowBlocks{T}.Prefetch"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => _rows.Prefetch(slot);
}
