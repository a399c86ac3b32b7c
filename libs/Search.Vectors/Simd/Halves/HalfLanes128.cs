using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Search.Vectors.Simd.Halves;

internal readonly struct HalfLanes128 : IHalfLanes<Vector128<float>>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(ref readonly ushort origin, nuint index)
    {
        var wide = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(in Unsafe.As<ushort, byte>(ref Unsafe.Add(ref Unsafe.AsRef(in origin), index)))).AsInt16());
        return (wide << HalfBits.Shift & Vector128.Create(HalfBits.Kept)).AsSingle() * HalfBits.BiasFactor;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadTail(ref readonly ushort origin, nuint end, int fresh)
    {
        var isFresh = Vector128.GreaterThanOrEqual(Vector128<int>.Indices, Vector128.Create(Vector128<int>.Count - fresh));
        return Load(in origin, end - (nuint)Vector128<float>.Count) & isFresh.AsSingle();
    }
}
