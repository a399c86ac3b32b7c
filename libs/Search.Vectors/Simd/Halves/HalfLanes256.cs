using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Search.Vectors.Simd.Halves;

internal readonly struct HalfLanes256 : IHalfLanes<Vector256<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref readonly ushort origin, nuint index)
    {
        var wide = Vector256.WidenLower(Vector128.LoadUnsafe(in origin, index).AsInt16().ToVector256Unsafe());
        return (wide << HalfBits.Shift & Vector256.Create(HalfBits.Kept)).AsSingle() * HalfBits.BiasFactor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadTail(ref readonly ushort origin, nuint end, int fresh)
    {
        var isFresh = Vector256.GreaterThanOrEqual(Vector256<int>.Indices, Vector256.Create(Vector256<int>.Count - fresh));
        return Load(in origin, end - (nuint)Vector256<float>.Count) & isFresh.AsSingle();
    }
}
