using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Search.Ann.Indexes.Storage;

/// <summary>
/// Rows of one length by slot, in large blocks: growing allocates a block and copies none, and no array meets the runtime's limit on its length. Blocks ask
/// for huge pages: a search reads rows all over the memory, and with small pages each read costs a walk of the page tables as well. Only the first block
/// starts small and doubles, so that a small collection stays small. The first row of a block lies at the start of a cache line, and all do where their length is
/// a multiple of one. Not synchronised; the owner says who may touch which slot.
/// </summary>
internal sealed class RowBlocks<T>(int rowLength)
    where T : unmanaged
{
    private const int BlockBytes = 16 << 20;
    private const int FirstBytes = 64 << 10;
    private const int LineBytes = 64;

    private readonly int _shift = BitOperations.Log2((uint)Math.Max(1, BlockBytes / Unsafe.SizeOf<T>() / rowLength));
    private T[][] _blocks = [];

    // Where the rows of each block start. The blocks are pinned, so addresses hold as long as this object does.
    private nint[] _starts = [];

    /// <summary>Slots below this exist.</summary>
    public int Capacity { get; private set; }

    /// <summary>Slots that lie one after the other in one block.</summary>
    public int RowsPerBlock => 1 << _shift;

    public void EnsureCapacity(int slots)
    {
        if (slots <= Capacity) return;
        if (slots <= RowsPerBlock)
        {
            var rows = Math.Max(Math.Max(slots, 2 * Capacity), FirstBytes / Unsafe.SizeOf<T>() / rowLength);
            GrowFirst(Math.Min(rows, RowsPerBlock));
            return;
        }
        GrowFirst(RowsPerBlock);
        var blocks = _blocks.ToList();
        while (blocks.Count << _shift < slots)
            blocks.Add(NewBlock(RowsPerBlock));
        Use([.. blocks], blocks.Count << _shift);
    }

    /// <summary>No bounds check of its own: <see cref="Capacity"/> is the caller's promise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Row(int slot) => MemoryMarshal.CreateSpan(ref First(slot), rowLength);

    /// <summary>Asks for a row ahead of its use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => MemoryAhead.Read(ref First(slot), rowLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe ref T First(int slot) => ref ((T*)_starts[slot >> _shift])[(nint)(slot & (RowsPerBlock - 1)) * rowLength];

    private unsafe void GrowFirst(int rows)
    {
        if (rows <= Capacity) return;
        var (before, from) = (Capacity, _starts);
        Use([NewBlock(rows)], rows);
        if (from is [var first, ..]) new ReadOnlySpan<T>((T*)first, before * rowLength).CopyTo(new Span<T>((T*)_starts[0], before * rowLength));
    }

    private unsafe void Use(T[][] blocks, int capacity)
    {
        var kept = _blocks;
        _starts = [.. blocks.Select(block => ((nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(block)) + LineBytes - 1) / LineBytes * LineBytes)];
        (_blocks, Capacity) = (blocks, capacity);
        GC.KeepAlive(kept);
    }

    private T[] NewBlock(int rows)
    {
        // Pinned, so that it keeps its address and with it its pages.
        var block = GC.AllocateUninitializedArray<T>(rows * rowLength + LineBytes / Unsafe.SizeOf<T>(), pinned: true);
        HugePages.Ask<T>(block);
        return block;
    }
}
