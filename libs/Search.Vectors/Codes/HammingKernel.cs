using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Search.Vectors.Codes;

/// <summary>
/// The number of differing bits, 64 at a time by the processor's population count; .NET 10 has no access to the wider form (AVX512_VPOPCNTDQ).
/// </summary>
public static class HammingKernel
{
    /// <summary>How many bits differ.</summary>
    /// <exception cref="ArgumentException">The codes differ in length.</exception>
    public static int Distance(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length) ThrowDifferentLengths(a.Length, b.Length);
        ref var left = ref MemoryMarshal.GetReference(a);
        ref var right = ref MemoryMarshal.GetReference(b);
        int sum0 = 0, sum1 = 0;
        var i = 0;
        for (; i + 16 <= a.Length; i += 16)
        {
            sum0 += BitOperations.PopCount(Word(ref left, i) ^ Word(ref right, i));
            sum1 += BitOperations.PopCount(Word(ref left, i + 8) ^ Word(ref right, i + 8));
        }
        if (i + 8 <= a.Length)
        {
            sum0 += BitOperations.PopCount(Word(ref left, i) ^ Word(ref right, i));
            i += 8;
        }
        for (; i < a.Length; i++)
            sum1 += BitOperations.PopCount((uint)(a[i] ^ b[i]));
        return sum0 + sum1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte origin, int index) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref origin, index));

    private static void ThrowDifferentLengths(int a, int b) =>
        throw new ArgumentException($"Binary codes of one pair must have the same length; these have {a} and {b} bytes.");
}
