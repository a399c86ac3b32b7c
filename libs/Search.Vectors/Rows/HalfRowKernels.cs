using System.Runtime.InteropServices;
using Search.Vectors.Halves;

namespace Search.Vectors.Rows;

/// <summary>Many scores of float16 rows in one call, each with the bits of <see cref="HalfKernels"/>. Thread-safe and allocation-free.</summary>
public static class HalfRowKernels
{
    /// <summary>Rows between the one that is scored and the one that is fetched.</summary>
    private const int Ahead = 4;

    /// <summary>Dot products of one query with the rows <paramref name="ids"/>, in their order; rows still to come are prefetched.</summary>
    /// <param name="scores">At least as long as <paramref name="ids"/>; what lies behind stays as it was.</param>
    /// <exception cref="ArgumentException">The query has another dimension than the rows, or the scores do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id that is no row; some scores may have been written.</exception>
    public static void Dot(ReadOnlySpan<float> query, FlatRows<Half> rows, ReadOnlySpan<int> ids, Span<float> scores)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, ids.Length, scores.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            Prefetch(rows, ids, i + Ahead);
            scores[i] = HalfKernels.Dot(query, rows[ids[i]]);
        }
    }

    /// <summary>Squared Euclidean distances, as <see cref="Dot"/>.</summary>
    /// <inheritdoc cref="Dot" path="/param"/>
    /// <inheritdoc cref="Dot" path="/exception"/>
    public static void SquaredL2(ReadOnlySpan<float> query, FlatRows<Half> rows, ReadOnlySpan<int> ids, Span<float> scores)
    {
        RowCount.RequireShapes(query.Length, rows.Dimension, ids.Length, scores.Length);
        for (var i = 0; i < ids.Length; i++)
        {
            Prefetch(rows, ids, i + Ahead);
            scores[i] = HalfKernels.SquaredL2(query, rows[ids[i]]);
        }
    }

    private static void Prefetch(FlatRows<Half> rows, ReadOnlySpan<int> ids, int at)
    {
        if (at >= ids.Length || (uint)ids[at] >= (uint)rows.Count) return;
        MemoryAhead.Read(in MemoryMarshal.GetReference(rows.Values[(ids[at] * rows.Stride)..]), rows.Dimension);
    }
}
