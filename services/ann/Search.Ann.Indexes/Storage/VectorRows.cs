using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Search.Ann.Indexes.Storage;

/// <summary>
/// Vectors by slot, in blocks: growing allocates a block and copies no vector, and no array meets the runtime's limit on its length.
/// Not synchronised; the owner says who may touch which slot.
/// </summary>
internal sealed class VectorRows(int dimension)
{
    // 256 KiB: large enough to scan at full speed, small enough that a collection of a hundred vectors stays small.
    private const int TargetBlockLength = 65_536;

    private readonly int _shift = BitOperations.Log2((uint)Math.Max(1, TargetBlockLength / dimension));
    private float[][] _blocks = [];

    public int Dimension { get; } = dimension;

    /// <summary>Slots below this exist.</summary>
    public int Capacity { get; private set; }

    /// <summary>Slots that lie one after the other in one block.</summary>
    public int RowsPerBlock => 1 << _shift;

    public void EnsureCapacity(int slots)
    {
        if (slots <= Capacity) return;
        var blocks = _blocks.ToList();
        while (blocks.Count << _shift < slots)
            blocks.Add(GC.AllocateUninitializedArray<float>(Dimension << _shift));
        _blocks = [.. blocks];
        Capacity = blocks.Count << _shift;
    }

    /// <summary>Asks for the vector in a slot ahead of its use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => MemoryAhead.Read(ref MemoryMarshal.GetReference(Row(slot)), Dimension);

    /// <summary>The vector in a slot. No bounds check of its own: <see cref="Capacity"/> is the caller's promise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int slot)
    {
        var block = _blocks[slot >> _shift];
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(block), (nint)(slot & (RowsPerBlock - 1)) * Dimension), Dimension);
    }
}
