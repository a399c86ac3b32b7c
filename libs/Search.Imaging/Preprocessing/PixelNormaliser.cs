using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Search.Imaging;

/// <summary>
/// Bytes R, G, B, R, G, B, ... into three planes of floats, value = byte · scale + offset, 16 pixels at a time.
/// Multiply and add stay separate so that every processor gives the same bits.
/// </summary>
internal static class PixelNormaliser
{
    private const byte No = 0x80; // shuffles to zero

    public static void Normalise(
        ReadOnlySpan<byte> rgb, ReadOnlySpan<float> scale, ReadOnlySpan<float> offset, Span<float> red, Span<float> green, Span<float> blue)
    {
        ref var source = ref MemoryMarshal.GetReference(rgb);
        var pixels = red.Length;
        var i = 0;
        for (; i <= pixels - 16; i += 16)
        {
            var a = Vector128.LoadUnsafe(ref source, (nuint)(i * 3));
            var b = Vector128.LoadUnsafe(ref source, (nuint)(i * 3) + 16);
            var c = Vector128.LoadUnsafe(ref source, (nuint)(i * 3) + 32);
            var r = Vector128.Shuffle(a, Vector128.Create(0, 3, 6, 9, 12, 15, No, No, No, No, No, No, No, No, No, No))
                | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, No, 2, 5, 8, 11, 14, No, No, No, No, No))
                | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, No, 1, 4, 7, 10, 13));
            var g = Vector128.Shuffle(a, Vector128.Create(1, 4, 7, 10, 13, No, No, No, No, No, No, No, No, No, No, No))
                | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, 0, 3, 6, 9, 12, 15, No, No, No, No, No))
                | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, No, 2, 5, 8, 11, 14));
            var l = Vector128.Shuffle(a, Vector128.Create(2, 5, 8, 11, 14, No, No, No, No, No, No, No, No, No, No, No))
                | Vector128.Shuffle(b, Vector128.Create(No, No, No, No, No, 1, 4, 7, 10, 13, No, No, No, No, No, No))
                | Vector128.Shuffle(c, Vector128.Create(No, No, No, No, No, No, No, No, No, No, 0, 3, 6, 9, 12, 15));
            Store(r, scale[0], offset[0], red[i..]);
            Store(g, scale[1], offset[1], green[i..]);
            Store(l, scale[2], offset[2], blue[i..]);
        }

        NormaliseScalar(rgb[(i * 3)..], scale, offset, red[i..], green[i..], blue[i..]);
    }

    /// <summary>The tail, and the judge of the code above.</summary>
    internal static void NormaliseScalar(
        ReadOnlySpan<byte> rgb, ReadOnlySpan<float> scale, ReadOnlySpan<float> offset, Span<float> red, Span<float> green, Span<float> blue)
    {
        for (var i = 0; i < red.Length; i++)
        {
            red[i] = (rgb[i * 3] * scale[0]) + offset[0];
            green[i] = (rgb[(i * 3) + 1] * scale[1]) + offset[1];
            blue[i] = (rgb[(i * 3) + 2] * scale[2]) + offset[2];
        }
    }

    private static void Store(Vector128<byte> values, float scale, float offset, Span<float> plane)
    {
        var (words, _) = Vector256.Widen(values.ToVector256Unsafe());
        var (low, high) = Vector256.Widen(words);
        ref var target = ref MemoryMarshal.GetReference(plane);
        var s = Vector256.Create(scale);
        var o = Vector256.Create(offset);
        ((Vector256.ConvertToSingle(low.AsInt32()) * s) + o).StoreUnsafe(ref target);
        ((Vector256.ConvertToSingle(high.AsInt32()) * s) + o).StoreUnsafe(ref target, 8);
    }
}
