using System.Runtime.CompilerServices;

namespace Search.Vectors.Simd;

internal readonly struct SquaredL2Step<TVector, TLanes> : IPairStep<TVector>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Add(TVector a, TVector b, TVector sum)
    {
        var difference = TLanes.Subtract(a, b);
        return TLanes.MultiplyAdd(difference, difference, sum);
    }

    public static float Short(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => ScalarKernels.SquaredL2(a, b);
}
