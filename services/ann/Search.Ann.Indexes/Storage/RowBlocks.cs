using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Vectors;
using Search.Vectors.Rows;

namespace Search.Ann.Indexes.Storage;

/// <summary>
/// Rows of one length by slot, in large blocks: growing allocates a block and copies none, and no array meets the runtime's limit on its length. Blocks ask
/// for huge pages: a search reads rows all over the memory, and with small pages each read costs a walk of the page tables as well. Only the first block
/// starts small and doubles, so that a small collection stays small. The first row of a block lies at the start of a cache line, and all do where their length is
/// a multiple of one. Growing moves nothing that a reader holds: rows that are read meanwhile are found as they were, in the old block or in its copy. Apart
/// from that not synchronised; the owner says who may touch which slot.
/// </summary>
internal sealed class RowBlocks<T>(int rowLength)
    where T : unmanaged
{
    private const int BlockBytes = 16 << 20;
    private const int FirstBytes = 64 << 10;
    private const int LineBytes = 64;

    private readonly int _shift = BitOperations.Log2((uint)Math.Max(1, BlockBytes / Unsafe.SizeOf<T>() / rowLength));
    private Block[] _blocks = [];

    /// <summary>Slots below this exist.</summary>
    public int Capacity { get; private set; }

    /// <summary>Bytes allocated.</summary>
    public long Bytes => _blocks.Sum(block => (long)block.Values.Length * Unsafe.SizeOf<T>());

    /// <summary>Slots that lie one after the other in one block.</summary>
    private int RowsPerBlock => 1 << _shift;

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
        _blocks = [.. blocks];
        Capacity = blocks.Count << _shift;
    }

    /// <summary>Gives up blocks that lie wholly above so many slots; a single block that is mostly empty is copied to a smaller one.</summary>
    public void Trim(int slots)
    {
        var blocks = Math.Max(1, (slots + RowsPerBlock - 1) >> _shift);
        if (blocks < _blocks.Length)
        {
            _blocks = _blocks[..blocks];
            Capacity = blocks << _shift;
        }
        if (_blocks.Length > 1 || slots > Capacity / 2) return;
        var rows = Math.Max(slots, FirstBytes / Unsafe.SizeOf<T>() / rowLength);
        if (rows >= Capacity) return;
        var block = NewBlock(rows);
        _blocks[0].Rows(slots * rowLength).CopyTo(block.Rows(slots * rowLength));
        _blocks = [block];
        Capacity = rows;
    }

    /// <summary>No bounds check of its own: <see cref="Capacity"/> is the caller's promise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Row(int slot) => MemoryMarshal.CreateSpan(ref First(slot), rowLength);

    /// <summary>Rows that lie one after the other, from <paramref name="slot"/> on: to before <paramref name="end"/>, or to where the block ends.</summary>
    public FlatRows<T> Run(int slot, int end)
    {
        var count = Math.Min(end - slot, RowsPerBlock - (slot & (RowsPerBlock - 1)));
        return new FlatRows<T>(MemoryMarshal.CreateReadOnlySpan(ref First(slot), count * rowLength), rowLength);
    }

    /// <summary>Asks for a row ahead of its use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => MemoryAhead.Read(ref First(slot), rowLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref T First(int slot)
    {
        ref readonly var block = ref _blocks[slot >> _shift];
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(block.Values), block.Start + (nint)(slot & (RowsPerBlock - 1)) * rowLength);
    }

    private void GrowFirst(int rows)
    {
        if (rows <= Capacity) return;
        var block = NewBlock(rows);
        // Whole before anybody can see it.
        if (_blocks is [var first, ..]) first.Rows(Capacity * rowLength).CopyTo(block.Rows(Capacity * rowLength));
        _blocks = [block];
        Capacity = rows;
    }

    private unsafe Block NewBlock(int rows)
    {
        // Pinned, so that it keeps its address and with it its pages and its place on cache lines.
        var values = GC.AllocateUninitializedArray<T>(rows * rowLength + LineBytes / sizeof(T), pinned: true);
        MemoryAdvice.AskForHugePages<T>(values);
        var past = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(values)) % LineBytes;
        return new Block(values, past == 0 ? 0 : (int)(LineBytes - past) / sizeof(T));
    }

    /// <param name="Start">Where the first row lies, so that it is at the start of a cache line.</param>
    private readonly record struct Block(T[] Values, int Start)
    {
        public Span<T> Rows(int length) => Values.AsSpan(Start, length);
    }
}
