using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>
/// A graph that is only read. What a search needs of a node lies in one row: its code, the code's constant and its links on level 0. Nodes are numbered by
/// level, then in the order in which a breadth-first walk meets them, so neighbours tend to lie near each other, and the rows of an upper level need no map.
/// </summary>
internal sealed class FrozenGraph
{
    private readonly RowBlocks<byte> _rows;
    private readonly int _constantAt;
    private readonly int _upperStride;

    /// <param name="dimension">Bytes of a code.</param>
    /// <param name="levelCounts">By level: how many nodes have it; the first of them all.</param>
    public FrozenGraph(int dimension, int m, int[] levelCounts)
    {
        Dimension = dimension;
        M = m;
        LevelCounts = levelCounts;
        _constantAt = (dimension + 3) / 4 * 4;
        RowBytes = _constantAt + sizeof(float) + sizeof(int) * (1 + 2 * m);
        _upperStride = 1 + m;
        _rows = new RowBlocks<byte>(RowBytes);
        _rows.EnsureCapacity(Math.Max(1, Count));
        Upper = [.. levelCounts.Skip(1).Select(count => new int[count * _upperStride])];
    }

    public int Dimension { get; }

    public int M { get; }

    public int[] LevelCounts { get; }

    public int Count => LevelCounts.Length == 0 ? 0 : LevelCounts[0];

    public int TopLevel => LevelCounts.Length - 1;

    /// <summary>Bytes of one node on level 0.</summary>
    public int RowBytes { get; }

    /// <summary>By level from 1: the number of links and then the links of each node.</summary>
    public int[][] Upper { get; }

    /// <summary>Bytes of codes with their constants; the rest of <see cref="Bytes"/> are links.</summary>
    public long CodeBytes => (long)Count * (_constantAt + sizeof(float));

    public long Bytes => _rows.Bytes + Upper.Sum(links => 4L * links.Length);

    public Span<byte> Row(int slot) => _rows.Row(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Code(int slot) => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(_rows.Row(slot)), Dimension);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Constant(int slot) =>
        ref Unsafe.As<byte, float>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_rows.Row(slot)), _constantAt));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => _rows.Prefetch(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Links(int level, int slot)
    {
        ref var count = ref level == 0 ? ref LinkCount(slot) : ref Upper[level - 1][slot * _upperStride];
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref count, 1), count);
    }

    /// <summary>As it stands there, which in a file may be anything.</summary>
    public int LinkCountOf(int level, int slot) => level == 0 ? LinkCount(slot) : Upper[level - 1][slot * _upperStride];

    public void SetLinks(int level, int slot, ReadOnlySpan<int> links)
    {
        ref var count = ref level == 0 ? ref LinkCount(slot) : ref Upper[level - 1][slot * _upperStride];
        count = links.Length;
        links.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref count, 1), level == 0 ? 2 * M : M));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int LinkCount(int slot) =>
        ref Unsafe.As<byte, int>(ref Unsafe.Add(ref MemoryMarshal.GetReference(_rows.Row(slot)), _constantAt + sizeof(float)));
}
