using System.Runtime.CompilerServices;

namespace Search.Vectors.Simd;

internal readonly struct DotStep<TVector, TLanes> : IPairStep<TVector>
    where TVector : struct
    where TLanes : struct, ILanes<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Add(TVector a, TVector b, TVector sum) => TLanes.MultiplyAdd(a, b, sum);

    public static float Short(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => ScalarKernels.Dot(a, b);
}
