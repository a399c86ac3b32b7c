using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Search.Vectors.Simd;

/// <summary>
/// Sums the components of a register in one fixed order, (v0 + v2) + (v1 + v3), one register or four together: float sums
/// depend on their order, and only the same order makes batched and single scores equal to the bit.
/// </summary>
internal static class HorizontalSum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(Vector128<float> value)
    {
        var halves = value + Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1));
        return halves.ToScalar() + halves.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (!Sse.IsSupported) return Vector128.Create(Of(a), Of(b), Of(c), Of(d));
        // (a0+a2, b0+b2, a1+a3, b1+b3), and the same of c and d: a transposition half done.
        var ab = Sse.UnpackLow(a, b) + Sse.UnpackHigh(a, b);
        var cd = Sse.UnpackLow(c, d) + Sse.UnpackHigh(c, d);
        return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Of(Vector128<int> a, Vector128<int> b, Vector128<int> c, Vector128<int> d)
    {
        if (!Sse2.IsSupported) return Vector128.Create(Vector128.Sum(a), Vector128.Sum(b), Vector128.Sum(c), Vector128.Sum(d));
        var ab = Sse2.UnpackLow(a, b) + Sse2.UnpackHigh(a, b);
        var cd = Sse2.UnpackLow(c, d) + Sse2.UnpackHigh(c, d);
        return Sse2.UnpackLow(ab.AsInt64(), cd.AsInt64()).AsInt32() + Sse2.UnpackHigh(ab.AsInt64(), cd.AsInt64()).AsInt32();
    }
}
