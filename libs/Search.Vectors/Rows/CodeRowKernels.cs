using System.Runtime.InteropServices;
using Search.Vectors.Codes;
using Search.Vectors.Simd.Codes;

namespace Search.Vectors.Rows;

/// <summary>Many integer scores of 8-bit codes in one call, exact on every path (<see cref="CodeKernels.Path"/>). Thread-safe and allocation-free.</summary>
public static class CodeRowKernels
{
    /// <summary>Rows between the one that is scored and the one that is fetched.</summary>
    private const int Ahead = 4;

    /// <summary>Rows that stay in the first-level cache while every query passes.</summary>
    private const int BlockBytes = 24 << 10;

    /// <summary>
    /// Dot products of one query's signed code with the unsigned codes of the rows <paramref name="ids"/>, in their order; rows still to come are
    /// prefetched. What <see cref="Quantization.Scalar.ScalarQuery.Score"/> makes scores of.
    /// </summary>
    /// <param name="sums">At least as long as <paramref name="ids"/>; what lies behind stays as it was.</param>
    /// <exception cref="ArgumentException">The query has another dimension than the rows, or the sums do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id that is no row; some sums may have been written.</exception>
    public static void Dot(ReadOnlySpan<sbyte> query, FlatRows<byte> rows, ReadOnlySpan<int> ids, Span<int> sums)
    {
        if (CodeKernels.Path == CodeKernelPath.Vnni256)
        {
            VnniCodeRows.Dot(query, rows, ids, sums);
            return;
        }
        RowCount.RequireShapes(query.Length, rows.Dimension, ids.Length, sums.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            Prefetch(rows, ids, i + Ahead);
            sums[i] = CodeKernels.Dot(rows[ids[i]], query);
        }
    }

    /// <summary>Squared Euclidean distances of one unsigned code to the rows <paramref name="ids"/>, as <see cref="Dot(ReadOnlySpan{sbyte}, FlatRows{byte}, ReadOnlySpan{int}, Span{int})"/>.</summary>
    /// <inheritdoc cref="Dot(ReadOnlySpan{sbyte}, FlatRows{byte}, ReadOnlySpan{int}, Span{int})" path="/param"/>
    /// <inheritdoc cref="Dot(ReadOnlySpan{sbyte}, FlatRows{byte}, ReadOnlySpan{int}, Span{int})" path="/exception"/>
    public static void SquaredL2(ReadOnlySpan<byte> query, FlatRows<byte> rows, ReadOnlySpan<int> ids, Span<int> sums)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, ids.Length, sums.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            Prefetch(rows, ids, i + Ahead);
            sums[i] = CodeKernels.SquaredL2(rows[ids[i]], query);
        }
    }

    /// <summary>Dot products of one query's signed code with all rows.</summary>
    /// <exception cref="ArgumentException">The query has another dimension than the rows, or the sums do not fit.</exception>
    public static void Dot(ReadOnlySpan<sbyte> query, FlatRows<byte> rows, Span<int> sums)
    {
        if (CodeKernels.Path == CodeKernelPath.Vnni256)
        {
            VnniCodeRows.Dot(query, rows, sums);
            return;
        }
        RowCount.RequireShapes(query.Length, rows.Dimension, rows.Count, sums.Length);
        for (var row = 0; row < rows.Count; row++)
            sums[row] = CodeKernels.Dot(rows[row], query);
    }

    /// <summary>Dot products of all queries' signed codes with all rows: query q with row r goes to q·rows.Count + r. Rows are taken in blocks that stay in cache.</summary>
    /// <param name="queries">Signed codes one after the other, each of the rows' dimension.</param>
    /// <exception cref="ArgumentException">A part of a query is left over, or the sums do not fit.</exception>
    public static void DotBlock(ReadOnlySpan<sbyte> queries, FlatRows<byte> rows, Span<int> sums)
    {
        var (dimension, stride) = (rows.Dimension, rows.Stride);
        var queryCount = queries.Length / dimension;
        RowCount.RequireShapes(queries.Length, queryCount * dimension, (long)queryCount * rows.Count, sums.Length);
        var block = Math.Max(4, BlockBytes / stride & ~3);
        for (var first = 0; first < rows.Count; first += block)
        {
            var count = Math.Min(block, rows.Count - first);
            var part = rows.Slice(first, count);
            for (var query = 0; query < queryCount; query++)
                Dot(queries.Slice(query * dimension, dimension), part, sums.Slice(query * rows.Count + first, count));
        }
    }

    private static void Prefetch(FlatRows<byte> rows, ReadOnlySpan<int> ids, int at)
    {
        if (at >= ids.Length || (uint)ids[at] >= (uint)rows.Count) return;
        MemoryAhead.Read(in MemoryMarshal.GetReference(rows.Values[(ids[at] * rows.Stride)..]), rows.Dimension);
    }
}
