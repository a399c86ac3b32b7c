using System.Runtime.Intrinsics;
using Search.Vectors.Simd;
using Search.Vectors.Simd.Rows;

namespace Search.Vectors.Rows;

/// <summary>
/// Many scores in one call, on the path of <see cref="VectorKernels.Path"/>. Thread-safe and allocation-free. Every score has exactly the bits that the single-pair
/// kernel of <see cref="VectorKernels"/> gives: which call computed it cannot be told from the result.
/// </summary>
public static class RowKernels
{
    /// <summary>Dot products of one query with the rows <paramref name="ids"/>, in their order; rows still to come are prefetched.</summary>
    /// <param name="scores">At least as long as <paramref name="ids"/>; what lies behind stays as it was.</param>
    /// <exception cref="ArgumentException">The query has another dimension than the rows, or the scores do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id that is no row; some scores may have been written.</exception>
    public static void Dot(ReadOnlySpan<float> query, FlatRows<float> rows, ReadOnlySpan<int> ids, Span<float> scores)
    {
        switch (VectorKernels.Path)
        {
            case KernelPath.Vector512: SimdRowKernels<Vector512<float>, Lanes512, DotStep<Vector512<float>, Lanes512>>.Score(query, rows, ids, scores); break;
            case KernelPath.Vector256: SimdRowKernels<Vector256<float>, Lanes256, DotStep<Vector256<float>, Lanes256>>.Score(query, rows, ids, scores); break;
            case KernelPath.Vector128: SimdRowKernels<Vector128<float>, Lanes128, DotStep<Vector128<float>, Lanes128>>.Score(query, rows, ids, scores); break;
            default: ScalarRowKernels.Dot(query, rows, ids, scores); break;
        }
    }

    /// <summary>Squared Euclidean distances of one query with the rows <paramref name="ids"/>, in their order; rows still to come are prefetched.</summary>
    /// <param name="scores">At least as long as <paramref name="ids"/>; what lies behind stays as it was.</param>
    /// <exception cref="ArgumentException">The query has another dimension than the rows, or the scores do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An id that is no row; some scores may have been written.</exception>
    public static void SquaredL2(ReadOnlySpan<float> query, FlatRows<float> rows, ReadOnlySpan<int> ids, Span<float> scores)
    {
        switch (VectorKernels.Path)
        {
            case KernelPath.Vector512: SimdRowKernels<Vector512<float>, Lanes512, SquaredL2Step<Vector512<float>, Lanes512>>.Score(query, rows, ids, scores); break;
            case KernelPath.Vector256: SimdRowKernels<Vector256<float>, Lanes256, SquaredL2Step<Vector256<float>, Lanes256>>.Score(query, rows, ids, scores); break;
            case KernelPath.Vector128: SimdRowKernels<Vector128<float>, Lanes128, SquaredL2Step<Vector128<float>, Lanes128>>.Score(query, rows, ids, scores); break;
            default: ScalarRowKernels.SquaredL2(query, rows, ids, scores); break;
        }
    }

    /// <summary>Dot products of one query with all rows.</summary>
    /// <exception cref="ArgumentException">The query has another dimension than the rows, or the scores do not fit.</exception>
    public static void Dot(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores)
    {
        switch (VectorKernels.Path)
        {
            case KernelPath.Vector512: SimdRowKernels<Vector512<float>, Lanes512, DotStep<Vector512<float>, Lanes512>>.Score(query, rows, scores); break;
            case KernelPath.Vector256: SimdRowKernels<Vector256<float>, Lanes256, DotStep<Vector256<float>, Lanes256>>.Score(query, rows, scores); break;
            case KernelPath.Vector128: SimdRowKernels<Vector128<float>, Lanes128, DotStep<Vector128<float>, Lanes128>>.Score(query, rows, scores); break;
            default: ScalarRowKernels.Dot(query, rows, scores); break;
        }
    }

    /// <summary>Squared Euclidean distances of one query with all rows.</summary>
    /// <exception cref="ArgumentException">The query has another dimension than the rows, or the scores do not fit.</exception>
    public static void SquaredL2(ReadOnlySpan<float> query, FlatRows<float> rows, Span<float> scores)
    {
        switch (VectorKernels.Path)
        {
            case KernelPath.Vector512: SimdRowKernels<Vector512<float>, Lanes512, SquaredL2Step<Vector512<float>, Lanes512>>.Score(query, rows, scores); break;
            case KernelPath.Vector256: SimdRowKernels<Vector256<float>, Lanes256, SquaredL2Step<Vector256<float>, Lanes256>>.Score(query, rows, scores); break;
            case KernelPath.Vector128: SimdRowKernels<Vector128<float>, Lanes128, SquaredL2Step<Vector128<float>, Lanes128>>.Score(query, rows, scores); break;
            default: ScalarRowKernels.SquaredL2(query, rows, scores); break;
        }
    }

    /// <summary>
    /// Dot products of all queries with all rows, as a blocked product: query q with row r goes to q·rows.Count + r. Single-threaded; give each thread its
    /// own rows or queries. A few thousand rows a call keep the scores in cache.
    /// </summary>
    /// <exception cref="ArgumentException">Queries and rows differ in dimension, or the scores do not fit.</exception>
    public static void Dot(FlatRows<float> queries, FlatRows<float> rows, Span<float> scores)
    {
        switch (VectorKernels.Path)
        {
            case KernelPath.Vector512: SimdRowKernels<Vector512<float>, Lanes512, DotStep<Vector512<float>, Lanes512>>.Score(queries, rows, scores); break;
            case KernelPath.Vector256: SimdRowKernels<Vector256<float>, Lanes256, DotStep<Vector256<float>, Lanes256>>.Score(queries, rows, scores); break;
            case KernelPath.Vector128: SimdRowKernels<Vector128<float>, Lanes128, DotStep<Vector128<float>, Lanes128>>.Score(queries, rows, scores); break;
            default: ScalarRowKernels.Dot(queries, rows, scores); break;
        }
    }

    /// <summary>
    /// Squared Euclidean distances of all queries with all rows, as a blocked product: query q with row r goes to q·rows.Count + r. Single-threaded; give each thread its
    /// own rows or queries. A few thousand rows a call keep the scores in cache.
    /// </summary>
    /// <exception cref="ArgumentException">Queries and rows differ in dimension, or the scores do not fit.</exception>
    public static void SquaredL2(FlatRows<float> queries, FlatRows<float> rows, Span<float> scores)
    {
        switch (VectorKernels.Path)
        {
            case KernelPath.Vector512: SimdRowKernels<Vector512<float>, Lanes512, SquaredL2Step<Vector512<float>, Lanes512>>.Score(queries, rows, scores); break;
            case KernelPath.Vector256: SimdRowKernels<Vector256<float>, Lanes256, SquaredL2Step<Vector256<float>, Lanes256>>.Score(queries, rows, scores); break;
            case KernelPath.Vector128: SimdRowKernels<Vector128<float>, Lanes128, SquaredL2Step<Vector128<float>, Lanes128>>.Score(queries, rows, scores); break;
            default: ScalarRowKernels.SquaredL2(queries, rows, scores); break;
        }
    }
}
