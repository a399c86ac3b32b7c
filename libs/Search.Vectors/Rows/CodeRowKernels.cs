using System.Runtime.InteropServices;
using Search.Vectors.Codes;
using Search.Vectors.Simd.Codes;
using Search.Vectors.Simd.Rows;

namespace Search.Vectors.Rows;

/// <summary>Many integer scores of 8-bit codes in one call, exact on every path (<see cref="CodeKernels.Path"/>). Thread-safe and allocation-free.</summary>
public static class CodeRowKernels
{
    /// <summary>Rows between the one that is scored and the one that is fetched.</summary>
    private const int Ahead = 4;

    /// <summary>
    /// Dot products of one query's signed code with the unsigned codes of the rows <paramref name="ids"/>, in their order; rows still to come are
    /// prefetched. What <see cref="Quantization.Scalar.ScalarQuery.Score"/> makes scores of.
    /// </summary>
    /// <param name="sums">At least as long as <paramref name="ids"/>; what lies behind stays as it was.</param>
    /// <exception cref="ArgumentException">The query has another dimension than the rows, or the sums do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id that is no row; some sums may have been written.</exception>
    public static void Dot(ReadOnlySpan<sbyte> query, CodeRows rows, ReadOnlySpan<int> ids, Span<int> sums)
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

    /// <summary>Squared Euclidean distances of one unsigned code to the rows <paramref name="ids"/>, as <see cref="Dot"/>.</summary>
    /// <inheritdoc cref="Dot" path="/param"/>
    /// <inheritdoc cref="Dot" path="/exception"/>
    public static void SquaredL2(ReadOnlySpan<byte> query, CodeRows rows, ReadOnlySpan<int> ids, Span<int> sums)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, ids.Length, sums.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            Prefetch(rows, ids, i + Ahead);
            sums[i] = CodeKernels.SquaredL2(rows[ids[i]], query);
        }
    }

    private static void Prefetch(CodeRows rows, ReadOnlySpan<int> ids, int at)
    {
        if (at >= ids.Length || (uint)ids[at] >= (uint)rows.Count) return;
        RowPrefetch.Fetch(in MemoryMarshal.GetReference(rows.Values[(ids[at] * rows.Stride)..]), rows.Dimension);
    }
}
