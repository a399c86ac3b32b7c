using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Search.Vectors.Codes;

namespace Search.Vectors.Simd.Codes;

/// <summary>
/// The 8-bit kernels written once for every register width. Codes are widened to 16 bits before they meet: the byte multiply
/// (vpmaddubsw) would be half the work, but saturates at 255·127·2.
/// </summary>
internal static class WideningCodeKernels<TShorts, TSums, TLanes>
    where TShorts : struct
    where TSums : struct
    where TLanes : struct, ICodeLanes<TShorts, TSums>
{
    public static int Dot(ReadOnlySpan<byte> a, ReadOnlySpan<sbyte> b)
    {
        CodeShapes.Require(a.Length, b.Length);
        return a.Length < TLanes.Count ? ScalarCodeKernels.Dot(a, b) : Sum<UnsignedSignedStep>(a, MemoryMarshal.AsBytes(b));
    }

    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        CodeShapes.Require(a.Length, b.Length);
        return a.Length < TLanes.Count ? ScalarCodeKernels.Dot(a, b) : Sum<SignedStep>(MemoryMarshal.AsBytes(a), MemoryMarshal.AsBytes(b));
    }

    public static int SquaredL2(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        CodeShapes.Require(a.Length, b.Length);
        return a.Length < TLanes.Count ? ScalarCodeKernels.SquaredL2(a, b) : Sum<SquaredL2Step>(a, b);
    }

    private static int Sum<TStep>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        where TStep : struct, IStep
    {
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var length = (nuint)left.Length;
        var width = (nuint)TLanes.Count;
        TSums sum0 = default, sum1 = default;
        nuint i = 0;
        for (; i + 2 * width <= length; i += 2 * width)
        {
            sum0 = Add<TStep>(ref a, ref b, i, sum0);
            sum1 = Add<TStep>(ref a, ref b, i + width, sum1);
        }
        if (i + width <= length)
        {
            sum0 = Add<TStep>(ref a, ref b, i, sum0);
            i += width;
        }
        if (i < length)
        {
            var first = TLanes.KeepLast(TStep.First(ref a, ref b, length - width), (int)(length - i));
            sum1 = TLanes.MultiplyAdd(first, TStep.Second(first, ref b, length - width), sum1);
        }
        return TLanes.Sum(TLanes.Add(sum0, sum1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TSums Add<TStep>(ref byte a, ref byte b, nuint index, TSums sum)
        where TStep : struct, IStep
    {
        var first = TStep.First(ref a, ref b, index);
        return TLanes.MultiplyAdd(first, TStep.Second(first, ref b, index), sum);
    }

    /// <summary>The two factors of a sum of products. A zero in the first makes the product zero.</summary>
    private interface IStep
    {
        static abstract TShorts First(ref byte a, ref byte b, nuint index);

        static abstract TShorts Second(TShorts first, ref byte b, nuint index);
    }

    private readonly struct UnsignedSignedStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TShorts First(ref byte a, ref byte b, nuint index) => TLanes.LoadUnsigned(in a, index);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TShorts Second(TShorts first, ref byte b, nuint index) => TLanes.LoadSigned(in b, index);
    }

    private readonly struct SignedStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TShorts First(ref byte a, ref byte b, nuint index) => TLanes.LoadSigned(in a, index);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TShorts Second(TShorts first, ref byte b, nuint index) => TLanes.LoadSigned(in b, index);
    }

    private readonly struct SquaredL2Step : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TShorts First(ref byte a, ref byte b, nuint index) =>
            TLanes.Subtract(TLanes.LoadUnsigned(in a, index), TLanes.LoadUnsigned(in b, index));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TShorts Second(TShorts first, ref byte b, nuint index) => first;
    }
}
