using System.Runtime.CompilerServices;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// A score and a slot in one integer that orders like the pair: higher score first, then smaller slot. Sorting compares once and moves
/// eight bytes. The lowest bit is free for a mark, which does not change the order of two different slots.
/// </summary>
internal static class ScoredSlot
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pack(float score, int slot)
    {
        var bits = BitConverter.SingleToUInt32Bits(score);
        // IEEE floats order like sign-magnitude integers: flip all bits of negative ones, only the sign of the others.
        var ordered = bits ^ ((uint)((int)bits >> 31) | 0x8000_0000u);
        return ((ulong)ordered << 32) | (~(uint)slot << 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Slot(ulong packed) => (int)(~(uint)packed >> 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Score(ulong packed)
    {
        var ordered = (uint)(packed >> 32);
        return BitConverter.UInt32BitsToSingle(ordered ^ (((int)ordered < 0) ? 0x8000_0000u : 0xFFFF_FFFFu));
    }

    public static bool IsExpanded(ulong packed) => (packed & 1) != 0;

    public static ulong Expanded(ulong packed) => packed | 1;

    public static ulong Unexpanded(ulong packed) => packed & ~1ul;
}
