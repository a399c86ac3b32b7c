using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Search.Vectors.Simd.Halves;

internal readonly struct HalfLanes512 : IHalfLanes<Vector512<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(ref readonly ushort origin, nuint index)
    {
        var wide = Vector512.WidenLower(Vector256.LoadUnsafe(in origin, index).AsInt16().ToVector512Unsafe());
        return (wide << HalfBits.Shift & Vector512.Create(HalfBits.Kept)).AsSingle() * HalfBits.BiasFactor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadTail(ref readonly ushort origin, nuint end, int fresh)
    {
        var isFresh = Vector512.GreaterThanOrEqual(Vector512<int>.Indices, Vector512.Create(Vector512<int>.Count - fresh));
        return Load(in origin, end - (nuint)Vector512<float>.Count) & isFresh.AsSingle();
    }
}
