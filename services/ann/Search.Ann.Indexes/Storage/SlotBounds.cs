using System.Numerics;
using System.Runtime.InteropServices;

namespace Search.Ann.Indexes.Storage;

internal static class SlotBounds
{
    /// <summary>Whether all numbers are slots, 0 to <paramref name="limit"/> − 1: a few instructions, so that what a file says can be asked each time it is followed.</summary>
    public static bool AreBelow(ReadOnlySpan<int> slots, int limit)
    {
        var values = MemoryMarshal.Cast<int, uint>(slots);
        var largest = Vector<uint>.Zero;
        var at = 0;
        for (; at <= values.Length - Vector<uint>.Count; at += Vector<uint>.Count)
            largest = Vector.Max(largest, new Vector<uint>(values[at..]));
        // Where no vector was filled zero is no slot either.
        var isBelow = at == 0 || Vector.LessThanAll(largest, new Vector<uint>((uint)limit));
        for (; at < values.Length; at++)
            isBelow &= values[at] < (uint)limit;
        return isBelow;
    }
}
