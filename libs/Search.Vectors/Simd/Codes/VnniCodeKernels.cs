using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Search.Vectors.Codes;

namespace Search.Vectors.Simd.Codes;

/// <summary>
/// The 8-bit kernels on vpdpbusd, which multiplies 32 unsigned by 32 signed codes and adds the products by fours without saturating.
/// Where both operands are signed, or both unsigned, one is moved by 128 into the other range and a second sum takes that back.
/// Only where <see cref="AvxVnni.IsSupported"/>.
/// </summary>
internal static class VnniCodeKernels
{
    private const int Width = 32;

    public static int Dot(ReadOnlySpan<byte> a, ReadOnlySpan<sbyte> b) =>
        a.Length < Width
            ? WideningCodeKernels<Vector128<short>, Vector128<int>, CodeLanes128>.Dot(a, b)
            : Sum<UnsignedSignedStep>(a, MemoryMarshal.AsBytes(b));

    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b) =>
        a.Length < Width
            ? WideningCodeKernels<Vector128<short>, Vector128<int>, CodeLanes128>.Dot(a, b)
            : Sum<SignedStep>(MemoryMarshal.AsBytes(a), MemoryMarshal.AsBytes(b));

    public static int SquaredL2(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) =>
        a.Length < Width
            ? WideningCodeKernels<Vector128<short>, Vector128<int>, CodeLanes128>.SquaredL2(a, b)
            : Sum<SquaredL2Step>(a, b);

    private static int Sum<TStep>(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        where TStep : struct, IStep
    {
        CodeShapes.Require(left.Length, right.Length);
        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var length = (nuint)left.Length;
        Vector256<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default, moved0 = default, moved1 = default;
        nuint i = 0;
        // Four chains: the instruction takes four to five cycles and two can start in each.
        for (; i + 4 * Width <= length; i += 4 * Width)
        {
            var (a0, b0) = (Vector256.LoadUnsafe(in a, i), Vector256.LoadUnsafe(in b, i));
            var (a1, b1) = (Vector256.LoadUnsafe(in a, i + Width), Vector256.LoadUnsafe(in b, i + Width));
            var (a2, b2) = (Vector256.LoadUnsafe(in a, i + 2 * Width), Vector256.LoadUnsafe(in b, i + 2 * Width));
            var (a3, b3) = (Vector256.LoadUnsafe(in a, i + 3 * Width), Vector256.LoadUnsafe(in b, i + 3 * Width));
            sum0 = TStep.Add(a0, b0, sum0);
            sum1 = TStep.Add(a1, b1, sum1);
            sum2 = TStep.Add(a2, b2, sum2);
            sum3 = TStep.Add(a3, b3, sum3);
            moved0 = TStep.AddMoved(a2, b2, TStep.AddMoved(a0, b0, moved0));
            moved1 = TStep.AddMoved(a3, b3, TStep.AddMoved(a1, b1, moved1));
        }
        for (; i + Width <= length; i += Width)
        {
            var (a0, b0) = (Vector256.LoadUnsafe(in a, i), Vector256.LoadUnsafe(in b, i));
            sum0 = TStep.Add(a0, b0, sum0);
            moved0 = TStep.AddMoved(a0, b0, moved0);
        }
        if (i < length)
        {
            // Both codes zero adds zero in every step, to the sum and to what was moved.
            var fresh = Vector256.GreaterThanOrEqual(Vector256<byte>.Indices, Vector256.Create((byte)(Width - (length - i))));
            var (a0, b0) = (Vector256.LoadUnsafe(in a, length - Width) & fresh, Vector256.LoadUnsafe(in b, length - Width) & fresh);
            sum1 = TStep.Add(a0, b0, sum1);
            moved1 = TStep.AddMoved(a0, b0, moved1);
        }
        return Vector256.Sum(TStep.Finish(sum0 + sum1 + (sum2 + sum3), moved0 + moved1));
    }

    private interface IStep
    {
        static abstract Vector256<int> Add(Vector256<byte> a, Vector256<byte> b, Vector256<int> sum);

        static abstract Vector256<int> AddMoved(Vector256<byte> a, Vector256<byte> b, Vector256<int> moved);

        static abstract Vector256<int> Finish(Vector256<int> sum, Vector256<int> moved);
    }

    private readonly struct UnsignedSignedStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Add(Vector256<byte> a, Vector256<byte> b, Vector256<int> sum) =>
            AvxVnni.MultiplyWideningAndAdd(sum, a, b.AsSByte());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> AddMoved(Vector256<byte> a, Vector256<byte> b, Vector256<int> moved) => moved;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Finish(Vector256<int> sum, Vector256<int> moved) => sum;
    }

    // Σ ab = Σ (a + 128)b − 128 Σ b, where a + 128 is a with its sign bit flipped.
    private readonly struct SignedStep : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Add(Vector256<byte> a, Vector256<byte> b, Vector256<int> sum) =>
            AvxVnni.MultiplyWideningAndAdd(sum, a ^ Vector256.Create((byte)0x80), b.AsSByte());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> AddMoved(Vector256<byte> a, Vector256<byte> b, Vector256<int> moved) =>
            AvxVnni.MultiplyWideningAndAdd(moved, Vector256<byte>.One, b.AsSByte());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Finish(Vector256<int> sum, Vector256<int> moved) => sum - (moved << 7);
    }

    // With d = |a − b|: Σ d² = Σ d(d − 128) + 128 Σ d.
    private readonly struct SquaredL2Step : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Add(Vector256<byte> a, Vector256<byte> b, Vector256<int> sum)
        {
            var difference = Difference(a, b);
            return AvxVnni.MultiplyWideningAndAdd(sum, difference, (difference ^ Vector256.Create((byte)0x80)).AsSByte());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> AddMoved(Vector256<byte> a, Vector256<byte> b, Vector256<int> moved) =>
            AvxVnni.MultiplyWideningAndAdd(moved, Difference(a, b), Vector256<sbyte>.One);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Finish(Vector256<int> sum, Vector256<int> moved) => sum + (moved << 7);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<byte> Difference(Vector256<byte> a, Vector256<byte> b) => Vector256.Max(a, b) - Vector256.Min(a, b);
    }
}
