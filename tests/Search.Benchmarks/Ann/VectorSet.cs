using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Search.Benchmarks.Ann;

/// <summary>
/// A benchmark set as the peers read it: <c>NAME.base.fbin</c>, <c>NAME.query.fbin</c> and <c>NAME.gt.ibin</c>, each two little-endian uint32 (rows, columns) and
/// then the rows; the true nearest by Euclidean distance, nearest first.
/// </summary>
internal sealed record VectorSet(string Name, int Dimension, float[][] Base, float[][] Queries, int[][] Truth)
{
    internal static VectorSet Read(string folder, string name)
    {
        var vectors = ReadRows<float>(Path.Combine(folder, $"{name}.base.fbin"));
        return new VectorSet(
            name, vectors[0].Length, vectors, ReadRows<float>(Path.Combine(folder, $"{name}.query.fbin")), ReadRows<int>(Path.Combine(folder, $"{name}.gt.ibin")));
    }

    private static T[][] ReadRows<T>(string path) where T : unmanaged
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        Span<byte> head = stackalloc byte[8];
        file.ReadExactly(head);
        var rows = new T[BinaryPrimitives.ReadInt32LittleEndian(head)][];
        var columns = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new T[columns];
            file.ReadExactly(MemoryMarshal.AsBytes(rows[i].AsSpan()));
        }
        return rows;
    }
}
