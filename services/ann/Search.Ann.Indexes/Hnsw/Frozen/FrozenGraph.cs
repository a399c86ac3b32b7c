using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Ann.Indexes.Storage;
using Search.Vectors;

namespace Search.Ann.Indexes.Hnsw.Frozen;

/// <summary>
/// A graph that is only read. What a search needs of a node lies in one row: its code and its links on level 0. Nodes are numbered by
/// level, then in the order in which a breadth-first walk meets them, so neighbours tend to lie near each other, and the rows of an upper level need no map.
/// </summary>
internal sealed class FrozenGraph
{
    private readonly RegionSlice<byte> _rows;
    private readonly int _upperStride;
    private readonly bool _isTrusted;

    /// <param name="codeBytes">Of a node; a multiple of four.</param>
    /// <param name="levelCounts">By level: how many nodes have it; the first of them all.</param>
    /// <param name="rows">Of level 0, as many bytes as <see cref="RowBytesOf"/> says for each node.</param>
    /// <param name="upper">By level from 1: the number of links and then the links of each node.</param>
    /// <param name="isTrusted">Whether all links are known to lead to nodes; otherwise each row is looked at when it is read.</param>
    public FrozenGraph(int codeBytes, int m, int[] levelCounts, RegionSlice<byte> rows, int[][] upper, bool isTrusted)
    {
        CodeBytes = codeBytes;
        M = m;
        LevelCounts = levelCounts;
        RowBytes = RowBytesOf(codeBytes, m);
        Upper = upper;
        _upperStride = UpperStride(m);
        _rows = rows;
        _isTrusted = isTrusted;
    }

    /// <summary>Of a node.</summary>
    public int CodeBytes { get; }

    public int M { get; }

    public int[] LevelCounts { get; }

    public int Count => LevelCounts.Length == 0 ? 0 : LevelCounts[0];

    public int TopLevel => LevelCounts.Length - 1;

    /// <summary>Bytes of one node on level 0.</summary>
    public int RowBytes { get; }

    /// <summary>By level from 1: the number of links and then the links of each node.</summary>
    public int[][] Upper { get; }

    public RegionSlice<byte> Rows => _rows;

    /// <summary>Of all codes; the rest of <see cref="Bytes"/> are links.</summary>
    public long AllCodeBytes => (long)Count * CodeBytes;

    public long Bytes => _rows.Bytes + Upper.Sum(links => 4L * links.Length);

    /// <summary>Memory for a graph to be filled.</summary>
    public static FrozenGraph Allocate(int codeBytes, int m, int[] levelCounts)
    {
        var count = levelCounts.Length == 0 ? 0 : levelCounts[0];
        return new FrozenGraph(
            codeBytes, m, levelCounts, RegionSlice<byte>.Allocate((long)count * RowBytesOf(codeBytes, m)), [.. levelCounts.Skip(1).Select(above => new int[above * UpperStride(m)])], isTrusted: true);
    }

    public static int RowBytesOf(int codeBytes, int m) => codeBytes + sizeof(int) * (1 + 2 * m);

    public static int UpperStride(int m) => 1 + m;

    /// <summary>The same nodes in other memory, where they have been checked.</summary>
    public FrozenGraph In(RegionSlice<byte> rows) => new(CodeBytes, M, LevelCounts, rows, Upper, isTrusted: true);

    public Span<byte> Row(int slot) => _rows.Span((long)slot * RowBytes, RowBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Code(int slot) => MemoryMarshal.CreateSpan(ref First(slot), CodeBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => MemoryAhead.Read(ref First(slot), RowBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Links(int level, int slot)
    {
        ref var count = ref level == 0 ? ref LinkCount(slot) : ref Upper[level - 1][slot * _upperStride];
        if (!_isTrusted) RequireLinks(level, slot);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref count, 1), count);
    }

    public int LinkCountOf(int level, int slot) => Links(level, slot).Length;

    public void SetLinks(int level, int slot, ReadOnlySpan<int> links)
    {
        ref var count = ref level == 0 ? ref LinkCount(slot) : ref Upper[level - 1][slot * _upperStride];
        count = links.Length;
        links.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref count, 1), MostLinks(level)));
    }

    /// <summary>Checksums tell damage; a file made on purpose must not lead a search out of the arrays either.</summary>
    /// <exception cref="InvalidDataException">A link of the node leads to no node of that level.</exception>
    public void RequireLinks(int level, int slot)
    {
        ref var count = ref level == 0 ? ref LinkCount(slot) : ref Upper[level - 1][slot * _upperStride];
        if ((uint)count > (uint)MostLinks(level)) throw Damaged("a node has too many links");
        if (!SlotBounds.AreBelow(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref count, 1), count), LevelCounts[level])) throw Damaged("a link leads nowhere");
    }

    private static InvalidDataException Damaged(string why) => new($"The {FrozenHnswFile.Magic} file's section '{FrozenHnswFile.RowsSection}' is damaged: {why}.");

    private int MostLinks(int level) => level == 0 ? 2 * M : M;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte First(int slot) => ref _rows.At((long)slot * RowBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref int LinkCount(int slot) => ref Unsafe.As<byte, int>(ref Unsafe.Add(ref First(slot), CodeBytes));
}
