using System.Numerics;

namespace Search.Ann.Indexes.Tree;

/// <summary>
/// Leaves by number, each a count and room for a fixed number of slots, in blocks: growing copies no leaf. Not synchronised; the owner says
/// who may touch which leaf.
/// </summary>
internal sealed class LeafRows(int leafSize)
{
    private const int TargetBlockLength = 16_384;

    private readonly int _stride = leafSize + 1;
    private readonly int _shift = BitOperations.Log2((uint)Math.Max(1, TargetBlockLength / (leafSize + 1)));
    private int[][] _blocks = [];

    public int LeafSize { get; } = leafSize;

    public long Bytes => _blocks.Sum(block => 4L * block.Length);

    public void EnsureCapacity(int leaves)
    {
        var blocks = (leaves + (1 << _shift) - 1) >> _shift;
        while (_blocks.Length < blocks)
            _blocks = [.. _blocks, new int[_stride << _shift]];
    }

    public ReadOnlySpan<int> Slots(int leaf)
    {
        var row = Row(leaf);
        return row.Slice(1, row[0]);
    }

    public void Set(int leaf, ReadOnlySpan<int> slots)
    {
        var row = Row(leaf);
        row[0] = slots.Length;
        slots.CopyTo(row[1..]);
    }

    public void Append(int leaf, int slot)
    {
        var row = Row(leaf);
        row[1 + row[0]++] = slot;
    }

    /// <summary>The order in a leaf means nothing: the last one closes the gap.</summary>
    public void RemoveAt(int leaf, int position)
    {
        var row = Row(leaf);
        row[1 + position] = row[row[0]--];
    }

    private Span<int> Row(int leaf) => _blocks[leaf >> _shift].AsSpan((leaf & ((1 << _shift) - 1)) * _stride, _stride);
}
