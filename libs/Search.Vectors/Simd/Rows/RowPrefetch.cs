using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Search.Vectors.Simd.Rows;

/// <summary>Asks the processor for a row that is scored soon. Only a hint: it never faults, whatever the address, and does nothing off x64.</summary>
internal static class RowPrefetch
{
    private const int LineBytes = 64;

    /// <summary>After so many lines in a row the hardware has seen the pattern and goes on by itself: more gained nothing (Zen 5, 128 to 784 dimensions).</summary>
    private const int MostLines = 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref readonly T row, int bytes)
    {
        if (!Sse.IsSupported) return;
        var start = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in row));
        var end = Math.Min(bytes, MostLines * LineBytes);
        for (var at = 0; at < end; at += LineBytes)
            Sse.Prefetch0(start + at);
    }
}
