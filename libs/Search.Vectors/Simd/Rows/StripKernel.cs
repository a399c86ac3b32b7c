using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Vectors.Rows;

namespace Search.Vectors.Simd.Rows;

internal static class StripKernel
{
    /// <summary>Registers of queries side by side.</summary>
    public const int Vectors = 2;

    public const int Rows = 4;
}

/// <summary>
/// Four rows against a strip of queries, two registers wide: eight sums side by side hide the latency of the multiplier, with six loads for eight multiplications.
/// </summary>
internal static class StripKernel<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILaneMath<TVector>
{
    /// <param name="strip">Component by component, one register of queries after the other.</param>
    /// <param name="firstQuery">Number of the strip's first.</param>
    /// <param name="limits">Of the strip's queries.</param>
    public static void Scan<TSink>(
        ref readonly float strip, int firstQuery, FlatRows<float> rows, ReadOnlySpan<float> biases, ReadOnlySpan<float> limits, ref TSink sink)
        where TSink : struct, ISumSink, allows ref struct
    {
        var lanes = limits.Length;
        Span<float> sums = stackalloc float[StripKernel.Rows * lanes];
        ref var values = ref MemoryMarshal.GetReference(rows.Values);
        var last = rows.Count - 1;
        for (var row = 0; row < rows.Count; row += StripKernel.Rows)
        {
            // Where fewer than four are left the last one stands in.
            var (second, third, fourth) = (Math.Min(row + 1, last), Math.Min(row + 2, last), Math.Min(row + 3, last));
            FourRows(
                in strip, in Unsafe.Add(ref values, (nint)row * rows.Stride), in Unsafe.Add(ref values, (nint)second * rows.Stride),
                in Unsafe.Add(ref values, (nint)third * rows.Stride), in Unsafe.Add(ref values, (nint)fourth * rows.Stride), rows.Dimension,
                biases[row], biases[second], biases[third], biases[fourth], ref MemoryMarshal.GetReference(sums));
            for (var i = 0; i < StripKernel.Rows && row + i <= last; i++)
                Compare(sums.Slice(i * lanes, lanes), row + i, firstQuery, limits, ref sink);
        }
    }

    // A method of its own without a call in it: otherwise the compiler keeps the sums in memory, since they would have to survive the call, and the loop takes four times as long.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FourRows(
        ref readonly float strip, ref readonly float a, ref readonly float b, ref readonly float c, ref readonly float d, int dimension,
        float biasA, float biasB, float biasC, float biasD, ref float sums)
    {
        var width = (nuint)TLanes.Count;
        TVector a0 = TLanes.Broadcast(biasA), b0 = TLanes.Broadcast(biasB), c0 = TLanes.Broadcast(biasC), d0 = TLanes.Broadcast(biasD);
        TVector a1 = a0, b1 = b0, c1 = c0, d1 = d0;
        var end = (nuint)dimension;
        for (nuint i = 0; i < end; i++)
        {
            var q0 = TLanes.Load(in strip, i * 2 * width);
            var q1 = TLanes.Load(in strip, i * 2 * width + width);
            var component = TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in a), i));
            a0 = TLanes.MultiplyAdd(component, q0, a0);
            a1 = TLanes.MultiplyAdd(component, q1, a1);
            component = TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in b), i));
            b0 = TLanes.MultiplyAdd(component, q0, b0);
            b1 = TLanes.MultiplyAdd(component, q1, b1);
            component = TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in c), i));
            c0 = TLanes.MultiplyAdd(component, q0, c0);
            c1 = TLanes.MultiplyAdd(component, q1, c1);
            component = TLanes.Broadcast(Unsafe.Add(ref Unsafe.AsRef(in d), i));
            d0 = TLanes.MultiplyAdd(component, q0, d0);
            d1 = TLanes.MultiplyAdd(component, q1, d1);
        }
        TLanes.Store(a0, ref sums, 0);
        TLanes.Store(a1, ref sums, width);
        TLanes.Store(b0, ref sums, 2 * width);
        TLanes.Store(b1, ref sums, 3 * width);
        TLanes.Store(c0, ref sums, 4 * width);
        TLanes.Store(c1, ref sums, 5 * width);
        TLanes.Store(d0, ref sums, 6 * width);
        TLanes.Store(d1, ref sums, 7 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Compare<TSink>(scoped ReadOnlySpan<float> sums, int row, int firstQuery, ReadOnlySpan<float> limits, ref TSink sink)
        where TSink : struct, ISumSink, allows ref struct
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var limit = ref MemoryMarshal.GetReference(limits);
        var width = (nuint)TLanes.Count;
        if (TLanes.AnyAtLeast(TLanes.Load(in sum, 0), TLanes.Load(in limit, 0)) || TLanes.AnyAtLeast(TLanes.Load(in sum, width), TLanes.Load(in limit, width)))
            Report(sums, row, firstQuery, limits, ref sink);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Report<TSink>(scoped ReadOnlySpan<float> sums, int row, int firstQuery, ReadOnlySpan<float> limits, ref TSink sink)
        where TSink : struct, ISumSink, allows ref struct
    {
        for (var lane = 0; lane < sums.Length; lane++)
        {
            if (sums[lane] >= limits[lane]) sink.Take(row, firstQuery + lane);
        }
    }
}
