using System.Buffers;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Search.Imaging;

/// <summary>
/// Separable resize of 8-bit RGBA. Columns first: that pass runs over whole rows at full vector width and leaves only one
/// float row to hold, which the second pass turns into one output row while it is still in the cache.
/// Products and sums are separate float32 operations in a fixed order, so vector and scalar code agree to the bit.
/// </summary>
internal static class Resampler
{
    /// <param name="rgba">Height × Width × 4.</param>
    /// <param name="width">Source width.</param>
    /// <param name="height">Source height.</param>
    /// <param name="box">The part to use; taps reach beyond it where the picture does.</param>
    /// <param name="filter">The kernel.</param>
    /// <param name="target">Receives <paramref name="targetHeight"/> rows, each <paramref name="targetStride"/> bytes after the last.</param>
    /// <param name="targetWidth">Output width.</param>
    /// <param name="targetHeight">Output height.</param>
    /// <param name="targetStride">Bytes from row to row.</param>
    /// <param name="targetChannels">3 for RGB, 4 for RGBA.</param>
    public static void Resize(
        ReadOnlySpan<byte> rgba,
        int width,
        int height,
        in SourceBox box,
        ResamplingFilter filter,
        Span<byte> target,
        int targetWidth,
        int targetHeight,
        int targetStride,
        int targetChannels)
    {
        Debug.Assert(rgba.Length == width * height * 4 && targetChannels is 3 or 4);
        using var columns = AxisWeights.Create(width, box.X, box.Width, targetWidth, filter);
        using var rows = AxisWeights.Create(height, box.Y, box.Height, targetHeight, filter);
        var (first, end) = columns.SourceRange();
        var used = (end - first) * 4;
        var taps = MaxCount(columns);
        var scratch = ArrayPool<float>.Shared.Rent(used + (taps * 4));
        var row = scratch.AsSpan(0, used + (taps * 4));
        // Weights of zero reach beyond the last pixel, and zero times the NaN of an old buffer would be NaN.
        row[used..].Clear();
        for (var y = 0; y < targetHeight; y++)
        {
            SumRows(rgba[((rows.Starts[y] * width * 4) + (first * 4))..], width * 4, rows.Weights(y), row[..used]);
            SumColumns(row, first, columns, taps, target.Slice(y * targetStride, targetWidth * targetChannels), targetChannels);
        }

        ArrayPool<float>.Shared.Return(scratch);
    }

    private static int MaxCount(in AxisWeights axis)
    {
        var most = 1;
        foreach (var count in axis.Counts)
            most = Math.Max(most, count);
        return most;
    }

    /// <summary>sum[i] = Σ weights[t] · rows[t · stride + i].</summary>
    private static void SumRows(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<float> weights, Span<float> sum)
    {
        ref var source = ref MemoryMarshal.GetReference(rows);
        ref var target = ref MemoryMarshal.GetReference(sum);
        Debug.Assert(rows.Length >= ((weights.Length - 1) * stride) + sum.Length);
        var i = 0;
        for (; i <= sum.Length - 32; i += 32)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            for (var t = 0; t < weights.Length; t++)
            {
                var weight = Vector256.Create(weights[t]);
                var bytes = Vector256.LoadUnsafe(ref source, (nuint)((t * stride) + i));
                var (low, high) = Vector256.Widen(bytes);
                var (p, q) = Vector256.Widen(low);
                var (r, s) = Vector256.Widen(high);
                a += weight * Vector256.ConvertToSingle(p.AsInt32());
                b += weight * Vector256.ConvertToSingle(q.AsInt32());
                c += weight * Vector256.ConvertToSingle(r.AsInt32());
                d += weight * Vector256.ConvertToSingle(s.AsInt32());
            }

            a.StoreUnsafe(ref target, (nuint)i);
            b.StoreUnsafe(ref target, (nuint)i + 8);
            c.StoreUnsafe(ref target, (nuint)i + 16);
            d.StoreUnsafe(ref target, (nuint)i + 24);
        }

        for (; i < sum.Length; i++)
        {
            var total = 0f;
            for (var t = 0; t < weights.Length; t++)
                total += weights[t] * rows[(t * stride) + i];
            sum[i] = total;
        }
    }

    /// <summary>
    /// One output row; a pixel is one vector of four floats. Every pixel runs through the same number of taps, some with
    /// weight zero: a loop whose length changes from pixel to pixel is mispredicted at nearly every one (the whole resize is 15 % slower).
    /// </summary>
    private static void SumColumns(ReadOnlySpan<float> row, int first, in AxisWeights columns, int taps, Span<byte> target, int channels)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        ref var weights = ref MemoryMarshal.GetReference(columns.Padded);
        var starts = columns.Starts;
        Debug.Assert(target.Length == starts.Length * channels);
        for (var x = 0; x < starts.Length; x++)
        {
            Debug.Assert((starts[x] - first + taps) * 4 <= row.Length);
            ref var pixels = ref Unsafe.Add(ref source, (starts[x] - first) * 4);
            Vector128<float> sum = default;
            for (var t = 0; t < taps; t++)
                sum += Vector128.Create(Unsafe.Add(ref weights, t)) * Vector128.LoadUnsafe(ref pixels, (nuint)(t * 4));
            weights = ref Unsafe.Add(ref weights, columns.Stride);
            var pixel = ToBytes(sum);
            var to = target[(x * channels)..];
            if (to.Length >= 4)
            {
                // An RGB row takes the fourth byte too and the next pixel overwrites it.
                MemoryMarshal.Write(to, pixel);
            }
            else
            {
                (to[0], to[1], to[2]) = ((byte)pixel, (byte)(pixel >> 8), (byte)(pixel >> 16));
            }
        }
    }

    /// <summary>
    /// Rounds half up and clamps, lane 0 in the lowest byte. The "native" operations differ from the plain ones in what
    /// they make of NaN and overflow, neither of which gets here; the plain ones spend more on those than on the sum.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ToBytes(Vector128<float> sum)
    {
        var positive = Vector128.MaxNative(sum + Vector128.Create(0.5f), Vector128<float>.Zero);
        var integers = Vector128.ConvertToInt32Native(Vector128.MinNative(positive, Vector128.Create(255f)));
        var lowBytes = Vector128.Create((byte)0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return Vector128.Shuffle(integers.AsByte(), lowBytes).AsUInt32().ToScalar();
    }
}
