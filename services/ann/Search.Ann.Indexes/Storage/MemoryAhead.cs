using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Search.Ann.Indexes.Storage;

/// <summary>Software prefetch. A hint that can't fault or change a result; nothing where the processor has no such instruction.</summary>
internal static class MemoryAhead
{
    private const int LineBytes = 64;

    // Beyond this the processor's own prefetcher has seen the direction.
    private const int MostLines = 8;

    /// <summary>Brings the first cache lines of <paramref name="count"/> elements nearer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Read<T>(ref T first, int count)
        where T : unmanaged
    {
        if (!Sse.IsSupported) return;
        // Not pinned: should the collector move the array in between, the hint is for nothing and harmless.
        var address = (byte*)Unsafe.AsPointer(ref first);
        var lines = Math.Min(MostLines, (count * sizeof(T) + LineBytes - 1) / LineBytes);
        for (var i = 0; i < lines; i++)
            Sse.Prefetch0(address + i * LineBytes);
    }
}
