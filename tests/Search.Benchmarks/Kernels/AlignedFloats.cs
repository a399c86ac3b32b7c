using System.Runtime.InteropServices;

namespace Search.Benchmarks.Kernels;

/// <summary>Floats that start on a 64-byte line, as an index would lay them: an array's own start is 16 bytes past one, and every wide load would touch two lines.</summary>
internal static class AlignedFloats
{
    internal static Memory<float> Of(ReadOnlySpan<float> values)
    {
        var aligned = Allocate(values.Length);
        values.CopyTo(aligned.Span);
        return aligned;
    }

    internal static Memory<float> Allocate(int count)
    {
        const int Line = 64 / sizeof(float);
        var array = GC.AllocateUninitializedArray<float>(count + Line, pinned: true);
        var past = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) / sizeof(float) % Line);
        return array.AsMemory((Line - past) % Line, count);
    }
}
