using System.Runtime.CompilerServices;

namespace Search.Ann.Indexes.Hnsw;

/// <summary>
/// A score and a slot in one integer that orders like the pair: higher score first, then smaller slot. Heaps of them compare once and move
/// eight bytes.
/// </summary>
internal static class ScoredSlot
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pack(float score, int slot)
    {
        var bits = BitConverter.SingleToUInt32Bits(score);
        // IEEE floats order like sign-magnitude integers: flip all bits of negative ones, only the sign of the others.
        var ordered = bits ^ ((uint)((int)bits >> 31) | 0x8000_0000u);
        return ((ulong)ordered << 32) | ~(uint)slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Slot(ulong packed) => (int)~(uint)packed;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Score(ulong packed)
    {
        var ordered = (uint)(packed >> 32);
        return BitConverter.UInt32BitsToSingle(ordered ^ (((int)ordered < 0) ? 0x8000_0000u : 0xFFFF_FFFFu));
    }
}
