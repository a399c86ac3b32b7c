using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Search.Vectors.Simd;

/// <summary>
/// The kernels, written once for every register width. Four accumulators hide the latency of the fused multiply-add (4 cycles at two a
/// cycle on current cores); the tail is one masked register, so a dimension that is no multiple of the width costs one step more.
/// Vectors shorter than a register go to the scalar twin.
/// </summary>
internal static class SimdKernels<TVector, TLanes>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        VectorShapes.RequireSameLength(a, b);
        return Sum<DotStep<TVector, TLanes>>(a, b);
    }

    public static float SquaredL2(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        VectorShapes.RequireSameLength(a, b);
        return Sum<SquaredL2Step<TVector, TLanes>>(a, b);
    }

    // x·0 is 0 for every finite x and NaN for the others, and NaN survives every sum.
    public static bool IsFinite(ReadOnlySpan<float> vector) => Sum<TimesZeroStep>(vector, vector) == 0;

    public static void Scale(Span<float> vector, float factor)
    {
        ref var v = ref MemoryMarshal.GetReference(vector);
        var length = (nuint)vector.Length;
        var width = (nuint)TLanes.Count;
        var factors = TLanes.Broadcast(factor);
        nuint i = 0;
        for (; i + width <= length; i += width)
            TLanes.Store(TLanes.Multiply(TLanes.Load(in v, i), factors), ref v, i);
        for (; i < length; i++)
            Unsafe.Add(ref v, i) *= factor;
    }

    /// <summary>The sum of one pair of equal length: the order of addition that every batched kernel repeats.</summary>
    internal static float Sum<TStep>(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
        where TStep : struct, IPairStep<TVector>
    {
        if (left.Length < TLanes.Count) return TStep.Short(left, right);
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var length = (nuint)left.Length;
        var width = (nuint)TLanes.Count;
        TVector sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nuint i = 0;
        for (; i + 4 * width <= length; i += 4 * width)
        {
            sum0 = TStep.Add(TLanes.Load(in a, i), TLanes.Load(in b, i), sum0);
            sum1 = TStep.Add(TLanes.Load(in a, i + width), TLanes.Load(in b, i + width), sum1);
            sum2 = TStep.Add(TLanes.Load(in a, i + 2 * width), TLanes.Load(in b, i + 2 * width), sum2);
            sum3 = TStep.Add(TLanes.Load(in a, i + 3 * width), TLanes.Load(in b, i + 3 * width), sum3);
        }
        for (; i + width <= length; i += width)
            sum0 = TStep.Add(TLanes.Load(in a, i), TLanes.Load(in b, i), sum0);
        if (i < length)
        {
            var fresh = (int)(length - i);
            sum1 = TStep.Add(TLanes.LoadTail(in a, length, fresh), TLanes.LoadTail(in b, length, fresh), sum1);
        }
        return TLanes.Sum(TLanes.Add(TLanes.Add(sum0, sum1), TLanes.Add(sum2, sum3)));
    }

    private readonly struct TimesZeroStep : IPairStep<TVector>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Add(TVector a, TVector b, TVector sum) => TLanes.MultiplyAdd(a, default, sum);

        public static float Short(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => ScalarKernels.IsFinite(a) ? 0 : float.NaN;
    }
}
