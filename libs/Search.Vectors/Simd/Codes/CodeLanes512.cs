using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Search.Vectors.Simd.Codes;

internal readonly struct CodeLanes512 : ICodeLanes<Vector512<short>, Vector512<int>>
{
    public static int Count => Vector512<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> LoadUnsigned(ref readonly byte origin, nuint index) =>
        Vector512.WidenLower(Vector256.LoadUnsafe(in origin, index).ToVector512Unsafe()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> LoadSigned(ref readonly byte origin, nuint index) =>
        Vector512.WidenLower(Vector256.LoadUnsafe(in origin, index).AsSByte().ToVector512Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> Subtract(Vector512<short> a, Vector512<short> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<short> KeepLast(Vector512<short> value, int fresh) =>
        value & Vector512.GreaterThanOrEqual(Vector512<short>.Indices, Vector512.Create((short)(Count - fresh)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd(Vector512<short> a, Vector512<short> b, Vector512<int> sum)
    {
        if (Avx512BW.IsSupported) return sum + Avx512BW.MultiplyAddAdjacent(a, b);
        var (lowerA, upperA) = Vector512.Widen(a);
        var (lowerB, upperB) = Vector512.Widen(b);
        return sum + lowerA * lowerB + upperA * upperB;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add(Vector512<int> a, Vector512<int> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(Vector512<int> value) => Vector512.Sum(value);
}
