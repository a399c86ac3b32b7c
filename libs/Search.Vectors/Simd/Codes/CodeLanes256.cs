using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Search.Vectors.Simd.Codes;

internal readonly struct CodeLanes256 : ICodeLanes<Vector256<short>, Vector256<int>>
{
    public static int Count => Vector256<short>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> LoadUnsigned(ref readonly byte origin, nuint index) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(in origin, index).ToVector256Unsafe()).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> LoadSigned(ref readonly byte origin, nuint index) =>
        Vector256.WidenLower(Vector128.LoadUnsafe(in origin, index).AsSByte().ToVector256Unsafe());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> Subtract(Vector256<short> a, Vector256<short> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> KeepLast(Vector256<short> value, int fresh) =>
        value & Vector256.GreaterThanOrEqual(Vector256<short>.Indices, Vector256.Create((short)(Count - fresh)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd(Vector256<short> a, Vector256<short> b, Vector256<int> sum)
    {
        if (Avx2.IsSupported) return sum + Avx2.MultiplyAddAdjacent(a, b);
        var (lowerA, upperA) = Vector256.Widen(a);
        var (lowerB, upperB) = Vector256.Widen(b);
        return sum + lowerA * lowerB + upperA * upperB;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add(Vector256<int> a, Vector256<int> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sum(Vector256<int> value) => Vector256.Sum(value);
}
