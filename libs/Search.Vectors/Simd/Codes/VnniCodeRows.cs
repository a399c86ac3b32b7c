using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Search.Vectors.Codes;
using Search.Vectors.Rows;

namespace Search.Vectors.Simd.Codes;

/// <summary>A query's code against four rows together on vpdpbusd: four independent chains, and one transposition sums all four. Only where <see cref="AvxVnni.IsSupported"/>.</summary>
internal static class VnniCodeRows
{
    private const int Width = 32;

    public static void Dot(ReadOnlySpan<sbyte> query, FlatRows<byte> rows, ReadOnlySpan<int> ids, Span<int> sums)
    {
        CodeShapes.RequireDimension(rows.Dimension);
        RowCount.RequireShapes(query.Length, rows.Dimension, ids.Length, sums.Length);
        var i = 0;
        if (query.Length >= Width)
        {
            ref var q = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetReference(query));
            for (; i + 4 <= ids.Length; i += 4)
            {
                for (var next = i + 4; next < Math.Min(i + 8, ids.Length); next++)
                    MemoryAhead.Read(in Row(rows, ids[next]), rows.Dimension);
                RowCount.Require(ids[i], rows.Count);
                RowCount.Require(ids[i + 1], rows.Count);
                RowCount.Require(ids[i + 2], rows.Count);
                RowCount.Require(ids[i + 3], rows.Count);
                DotOfFour(in q, in Row(rows, ids[i]), in Row(rows, ids[i + 1]), in Row(rows, ids[i + 2]), in Row(rows, ids[i + 3]), (nuint)query.Length)
                    .StoreUnsafe(ref sums[i]);
            }
        }
        for (; i < ids.Length; i++)
            sums[i] = VnniCodeKernels.Dot(rows[ids[i]], query);
    }

    public static void Dot(ReadOnlySpan<sbyte> query, FlatRows<byte> rows, Span<int> sums)
    {
        CodeShapes.RequireDimension(rows.Dimension);
        RowCount.RequireShapes(query.Length, rows.Dimension, rows.Count, sums.Length);
        var row = 0;
        if (query.Length >= Width)
        {
            ref var q = ref Unsafe.As<sbyte, byte>(ref MemoryMarshal.GetReference(query));
            for (; row + 4 <= rows.Count; row += 4)
            {
                DotOfFour(in q, in Row(rows, row), in Row(rows, row + 1), in Row(rows, row + 2), in Row(rows, row + 3), (nuint)query.Length)
                    .StoreUnsafe(ref sums[row]);
            }
        }
        for (; row < rows.Count; row++)
            sums[row] = VnniCodeKernels.Dot(rows[row], query);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> DotOfFour(ref readonly byte query, ref readonly byte a, ref readonly byte b, ref readonly byte c, ref readonly byte d, nuint length)
    {
        Vector256<int> a0 = default, b0 = default, c0 = default, d0 = default, a1 = default, b1 = default, c1 = default, d1 = default;
        nuint i = 0;
        for (; i + 2 * Width <= length; i += 2 * Width)
        {
            var q = Vector256.LoadUnsafe(in query, i).AsSByte();
            a0 = AvxVnni.MultiplyWideningAndAdd(a0, Vector256.LoadUnsafe(in a, i), q);
            b0 = AvxVnni.MultiplyWideningAndAdd(b0, Vector256.LoadUnsafe(in b, i), q);
            c0 = AvxVnni.MultiplyWideningAndAdd(c0, Vector256.LoadUnsafe(in c, i), q);
            d0 = AvxVnni.MultiplyWideningAndAdd(d0, Vector256.LoadUnsafe(in d, i), q);
            q = Vector256.LoadUnsafe(in query, i + Width).AsSByte();
            a1 = AvxVnni.MultiplyWideningAndAdd(a1, Vector256.LoadUnsafe(in a, i + Width), q);
            b1 = AvxVnni.MultiplyWideningAndAdd(b1, Vector256.LoadUnsafe(in b, i + Width), q);
            c1 = AvxVnni.MultiplyWideningAndAdd(c1, Vector256.LoadUnsafe(in c, i + Width), q);
            d1 = AvxVnni.MultiplyWideningAndAdd(d1, Vector256.LoadUnsafe(in d, i + Width), q);
        }
        if (i + Width <= length)
        {
            var q = Vector256.LoadUnsafe(in query, i).AsSByte();
            a0 = AvxVnni.MultiplyWideningAndAdd(a0, Vector256.LoadUnsafe(in a, i), q);
            b0 = AvxVnni.MultiplyWideningAndAdd(b0, Vector256.LoadUnsafe(in b, i), q);
            c0 = AvxVnni.MultiplyWideningAndAdd(c0, Vector256.LoadUnsafe(in c, i), q);
            d0 = AvxVnni.MultiplyWideningAndAdd(d0, Vector256.LoadUnsafe(in d, i), q);
            i += Width;
        }
        if (i < length)
        {
            // Zeros in the query are enough: whatever a row has there is multiplied by them.
            var fresh = Vector256.GreaterThanOrEqual(Vector256<byte>.Indices, Vector256.Create((byte)(Width - (length - i))));
            var at = length - Width;
            var q = (Vector256.LoadUnsafe(in query, at) & fresh).AsSByte();
            a1 = AvxVnni.MultiplyWideningAndAdd(a1, Vector256.LoadUnsafe(in a, at), q);
            b1 = AvxVnni.MultiplyWideningAndAdd(b1, Vector256.LoadUnsafe(in b, at), q);
            c1 = AvxVnni.MultiplyWideningAndAdd(c1, Vector256.LoadUnsafe(in c, at), q);
            d1 = AvxVnni.MultiplyWideningAndAdd(d1, Vector256.LoadUnsafe(in d, at), q);
        }
        return HorizontalSum.Of(Fold(a0 + a1), Fold(b0 + b1), Fold(c0 + c1), Fold(d0 + d1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Fold(Vector256<int> value) => value.GetLower() + value.GetUpper();

    // Unchecked: an id is checked before its row is read, and prefetching a wrong address does no harm.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly byte Row(FlatRows<byte> rows, int row) =>
        ref Unsafe.Add(ref MemoryMarshal.GetReference(rows.Values), (nint)row * rows.Stride);
}
