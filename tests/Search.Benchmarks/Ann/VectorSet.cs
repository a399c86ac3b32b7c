using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Search.Benchmarks.Ann;

/// <summary>
/// A benchmark set as the peers read it: <c>NAME.base.fbin</c>, <c>NAME.query.fbin</c> and <c>NAME.gt.ibin</c>, each two little-endian uint32 (rows, columns) and
/// then the rows; the true nearest by Euclidean distance, nearest first.
/// </summary>
internal sealed record VectorSet(string Name, int Dimension, int Count, float[] Base, float[][] Queries, int[][] Truth)
{
    internal static VectorSet Read(string folder, string name)
    {
        var vectors = ReadRows<float>(Path.Combine(folder, $"{name}.base.fbin"), out var count, out var dimension);
        var queries = ReadRows<float>(Path.Combine(folder, $"{name}.query.fbin"), out _, out _);
        var truth = ReadRows<int>(Path.Combine(folder, $"{name}.gt.ibin"), out _, out var neighbours);
        return new VectorSet(name, dimension, count, vectors, [.. queries.Chunk(dimension)], [.. truth.Chunk(neighbours)]);
    }

    /// <summary>Name, rows and columns, without reading the rows.</summary>
    /// <exception cref="ArgumentException">There is no such set.</exception>
    internal static (string Name, int Count, int Dimension) ReadShape(string folder, string name)
    {
        var path = Path.Combine(folder, $"{name}.base.fbin");
        if (!File.Exists(path)) throw new ArgumentException($"There is no set '{name}': {path} is missing.", nameof(name));
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Span<byte> head = stackalloc byte[8];
        file.ReadExactly(head);
        return (name, BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head[4..]));
    }

    private static T[] ReadRows<T>(string path, out int rows, out int columns) where T : unmanaged
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
        Span<byte> head = stackalloc byte[8];
        file.ReadExactly(head);
        rows = BinaryPrimitives.ReadInt32LittleEndian(head);
        columns = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
        var values = new T[checked(rows * columns)];
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
