using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Search.Vectors.Simd.Rows;

/// <summary>
/// One query against four rows together: each register of the query is loaded once, four chains of additions run side by side, and the four
/// registers that remain are summed by one transposition. Every row's additions happen in the order of <see cref="SimdKernels{TVector, TLanes}"/>, so its
/// score has the same bits. For vectors of at least one register.
/// </summary>
internal static class RowSums<TVector, TLanes, TStep>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
    where TStep : struct, IPairStep<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> OfFour(ref readonly float query, ref readonly float a, ref readonly float b, ref readonly float c, ref readonly float d, nuint length)
    {
        TVector sumA, sumB, sumC, sumD;
        if (TLanes.HasManyRegisters)
        {
            Four(in query, in a, in b, in c, in d, length, out sumA, out sumB, out sumC, out sumD);
        }
        else
        {
            Two(in query, in a, in b, length, out sumA, out sumB);
            Two(in query, in c, in d, length, out sumC, out sumD);
        }
        return TLanes.Sum(sumA, sumB, sumC, sumD);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(ref readonly float query, ref readonly float a, ref readonly float b, nuint length, out TVector sumA, out TVector sumB)
    {
        var width = (nuint)TLanes.Count;
        TVector a0 = default, a1 = default, a2 = default, a3 = default;
        TVector b0 = default, b1 = default, b2 = default, b3 = default;
        nuint i = 0;
        for (; i + 4 * width <= length; i += 4 * width)
        {
            var q = TLanes.Load(in query, i);
            a0 = TStep.Add(q, TLanes.Load(in a, i), a0);
            b0 = TStep.Add(q, TLanes.Load(in b, i), b0);
            q = TLanes.Load(in query, i + width);
            a1 = TStep.Add(q, TLanes.Load(in a, i + width), a1);
            b1 = TStep.Add(q, TLanes.Load(in b, i + width), b1);
            q = TLanes.Load(in query, i + 2 * width);
            a2 = TStep.Add(q, TLanes.Load(in a, i + 2 * width), a2);
            b2 = TStep.Add(q, TLanes.Load(in b, i + 2 * width), b2);
            q = TLanes.Load(in query, i + 3 * width);
            a3 = TStep.Add(q, TLanes.Load(in a, i + 3 * width), a3);
            b3 = TStep.Add(q, TLanes.Load(in b, i + 3 * width), b3);
        }
        for (; i + width <= length; i += width)
        {
            var q = TLanes.Load(in query, i);
            a0 = TStep.Add(q, TLanes.Load(in a, i), a0);
            b0 = TStep.Add(q, TLanes.Load(in b, i), b0);
        }
        if (i < length)
        {
            var fresh = (int)(length - i);
            var q = TLanes.LoadTail(in query, length, fresh);
            a1 = TStep.Add(q, TLanes.LoadTail(in a, length, fresh), a1);
            b1 = TStep.Add(q, TLanes.LoadTail(in b, length, fresh), b1);
        }
        sumA = TLanes.Add(TLanes.Add(a0, a1), TLanes.Add(a2, a3));
        sumB = TLanes.Add(TLanes.Add(b0, b1), TLanes.Add(b2, b3));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        ref readonly float query, ref readonly float a, ref readonly float b, ref readonly float c, ref readonly float d, nuint length,
        out TVector sumA, out TVector sumB, out TVector sumC, out TVector sumD)
    {
        var width = (nuint)TLanes.Count;
        TVector a0 = default, a1 = default, a2 = default, a3 = default;
        TVector b0 = default, b1 = default, b2 = default, b3 = default;
        TVector c0 = default, c1 = default, c2 = default, c3 = default;
        TVector d0 = default, d1 = default, d2 = default, d3 = default;
        nuint i = 0;
        for (; i + 4 * width <= length; i += 4 * width)
        {
            var q = TLanes.Load(in query, i);
            a0 = TStep.Add(q, TLanes.Load(in a, i), a0);
            b0 = TStep.Add(q, TLanes.Load(in b, i), b0);
            c0 = TStep.Add(q, TLanes.Load(in c, i), c0);
            d0 = TStep.Add(q, TLanes.Load(in d, i), d0);
            q = TLanes.Load(in query, i + width);
            a1 = TStep.Add(q, TLanes.Load(in a, i + width), a1);
            b1 = TStep.Add(q, TLanes.Load(in b, i + width), b1);
            c1 = TStep.Add(q, TLanes.Load(in c, i + width), c1);
            d1 = TStep.Add(q, TLanes.Load(in d, i + width), d1);
            q = TLanes.Load(in query, i + 2 * width);
            a2 = TStep.Add(q, TLanes.Load(in a, i + 2 * width), a2);
            b2 = TStep.Add(q, TLanes.Load(in b, i + 2 * width), b2);
            c2 = TStep.Add(q, TLanes.Load(in c, i + 2 * width), c2);
            d2 = TStep.Add(q, TLanes.Load(in d, i + 2 * width), d2);
            q = TLanes.Load(in query, i + 3 * width);
            a3 = TStep.Add(q, TLanes.Load(in a, i + 3 * width), a3);
            b3 = TStep.Add(q, TLanes.Load(in b, i + 3 * width), b3);
            c3 = TStep.Add(q, TLanes.Load(in c, i + 3 * width), c3);
            d3 = TStep.Add(q, TLanes.Load(in d, i + 3 * width), d3);
        }
        for (; i + width <= length; i += width)
        {
            var q = TLanes.Load(in query, i);
            a0 = TStep.Add(q, TLanes.Load(in a, i), a0);
            b0 = TStep.Add(q, TLanes.Load(in b, i), b0);
            c0 = TStep.Add(q, TLanes.Load(in c, i), c0);
            d0 = TStep.Add(q, TLanes.Load(in d, i), d0);
        }
        if (i < length)
        {
            var fresh = (int)(length - i);
            var q = TLanes.LoadTail(in query, length, fresh);
            a1 = TStep.Add(q, TLanes.LoadTail(in a, length, fresh), a1);
            b1 = TStep.Add(q, TLanes.LoadTail(in b, length, fresh), b1);
            c1 = TStep.Add(q, TLanes.LoadTail(in c, length, fresh), c1);
            d1 = TStep.Add(q, TLanes.LoadTail(in d, length, fresh), d1);
        }
        sumA = TLanes.Add(TLanes.Add(a0, a1), TLanes.Add(a2, a3));
        sumB = TLanes.Add(TLanes.Add(b0, b1), TLanes.Add(b2, b3));
        sumC = TLanes.Add(TLanes.Add(c0, c1), TLanes.Add(c2, c3));
        sumD = TLanes.Add(TLanes.Add(d0, d1), TLanes.Add(d2, d3));
    }
}
