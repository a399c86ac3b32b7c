using System.Runtime.CompilerServices;

namespace Search.Vectors.Rows;

internal static class RowCount
{
    // The last row needs no padding after it, nor room for it.
    public static int Of(int length, int dimension, int stride) => length < dimension ? 0 : (length - dimension) / stride + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require(int row, int count)
    {
        if ((uint)row >= (uint)count) ThrowNoSuchRow(row, count);
    }

    /// <summary>The query's dimension is the rows', and there is room for a score each.</summary>
    public static void RequireShapes(int query, int dimension, long needed, int scores)
    {
        if (query != dimension) throw new ArgumentException($"The rows have {dimension} dimensions; the query has {query}.", nameof(query));
        if (scores < needed) throw new ArgumentException($"There are {needed} scores to write and room for {scores}.", nameof(scores));
    }

    private static void ThrowNoSuchRow(int row, int count) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {count} rows, numbered from 0.");
}
