using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Search.Vectors.Rows;

namespace Search.Vectors.Simd.Rows;

/// <summary>The loops over rows around <see cref="RowSums{TVector, TLanes, TStep}"/> and <see cref="TileSums{TVector, TLanes, TStep}"/>.</summary>
internal static class SimdRowKernels<TVector, TLanes, TStep>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
    where TStep : struct, IPairStep<TVector>
{
    /// <summary>Floats of queries that stay in the second-level cache while all rows pass by: 256 KB.</summary>
    private const int PanelFloats = 65_536;

    /// <summary>So far before its use a row is asked for.</summary>
    private const int AheadBytes = 8 << 10;

    public static void Score(ReadOnlySpan<float> query, FlatRows<float> rows, ReadOnlySpan<int> ids, Span<float> scores)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, ids.Length, scores.Length);
        var i = 0;
        if (query.Length >= TLanes.Count)
        {
            ref var q = ref MemoryMarshal.GetReference(query);
            for (; i + 4 <= ids.Length; i += 4)
            {
                // One group ahead: while these four are multiplied the next four arrive.
                for (var next = i + 4; next < Math.Min(i + 8, ids.Length); next++)
                    MemoryAhead.Read(in Row(rows, ids[next]), rows.Dimension);
                RowCount.Require(ids[i], rows.Count);
                RowCount.Require(ids[i + 1], rows.Count);
                RowCount.Require(ids[i + 2], rows.Count);
                RowCount.Require(ids[i + 3], rows.Count);
                RowSums<TVector, TLanes, TStep>
                    .OfFour(in q, in Row(rows, ids[i]), in Row(rows, ids[i + 1]), in Row(rows, ids[i + 2]), in Row(rows, ids[i + 3]), (nuint)query.Length)
                    .StoreUnsafe(ref scores[i]);
            }
        }
        for (; i < ids.Length; i++)
            scores[i] = SimdKernels<TVector, TLanes>.Sum<TStep>(query, rows[ids[i]]);
    }

    public static void Score(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, rows.Count, scores.Length);
        var row = 0;
        if (query.Length >= TLanes.Count)
        {
            var ahead = Math.Max(4, AheadBytes / sizeof(float) / rows.Stride);
            ref var q = ref MemoryMarshal.GetReference(query);
            for (; row + 4 <= rows.Count; row += 4)
            {
                // Four rows read side by side are no stream that the processor would recognise.
                MemoryAhead.ReadAll(in Row(rows, row + ahead), 4 * rows.Stride);
                RowSums<TVector, TLanes, TStep>
                    .OfFour(in q, in Row(rows, row), in Row(rows, row + 1), in Row(rows, row + 2), in Row(rows, row + 3), (nuint)query.Length)
                    .StoreUnsafe(ref scores[row]);
            }
        }
        for (; row < rows.Count; row++)
            scores[row] = SimdKernels<TVector, TLanes>.Sum<TStep>(query, rows[row]);
    }

    public static void Score(FlatRows<float> queries, FlatRows<float> rows, Span<float> scores)
    {
        RowCount.RequireShapes(queries.Dimension, rows.Dimension, (long)queries.Count * rows.Count, scores.Length);
        var panel = rows.Dimension < TLanes.Count ? 1 : Math.Max(2, PanelFloats / rows.Dimension & ~1);
        for (var first = 0; first < queries.Count; first += panel)
        {
            var last = Math.Min(first + panel, queries.Count);
            if (last - first >= 2)
            {
                ScorePanel(queries, first, last & ~1, rows, scores);
                for (var row = rows.Count & ~3; row < rows.Count; row++)
                {
                    for (var query = first; query < last; query++)
                        scores[query * rows.Count + row] = SimdKernels<TVector, TLanes>.Sum<TStep>(queries[query], rows[row]);
                }
            }
            if ((last - first) % 2 != 0) Score(queries[last - 1], rows, scores.Slice((last - 1) * rows.Count, rows.Count));
        }
    }

    // The whole groups of four rows, against an even number of queries.
    private static void ScorePanel(FlatRows<float> queries, int first, int last, FlatRows<float> rows, Span<float> scores)
    {
        for (var row = 0; row + 4 <= rows.Count; row += 4)
        {
            for (var query = first; query < last; query += 2)
            {
                TileSums<TVector, TLanes, TStep>.OfTwoByFour(
                    in Row(queries, query), in Row(queries, query + 1), in Row(rows, row), in Row(rows, row + 1), in Row(rows, row + 2), in Row(rows, row + 3),
                    (nuint)rows.Dimension, out var sumsOfFirst, out var sumsOfSecond);
                sumsOfFirst.StoreUnsafe(ref scores[query * rows.Count + row]);
                sumsOfSecond.StoreUnsafe(ref scores[(query + 1) * rows.Count + row]);
            }
        }
    }

    // Unchecked: an id is checked before its row is read, and prefetching a wrong address does no harm.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly float Row(FlatRows<float> rows, int row) =>
        ref Unsafe.Add(ref MemoryMarshal.GetReference(rows.Values), (nint)row * rows.Stride);
}
