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
        var scratch = ArrayPool<float>.Shared.Rent(used);
        var row = scratch.AsSpan(0, used);
        for (var y = 0; y < targetHeight; y++)
        {
            SumRows(rgba[((rows.Start(y) * width * 4) + (first * 4))..], width * 4, rows.Weights(y), row);
            SumColumns(row, first, columns, target.Slice(y * targetStride, targetWidth * targetChannels), targetChannels);
        }

        ArrayPool<float>.Shared.Return(scratch);
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

    /// <summary>One output row; a pixel is one vector of four floats.</summary>
    private static void SumColumns(ReadOnlySpan<float> row, int first, in AxisWeights columns, Span<byte> target, int channels)
    {
        ref var source = ref MemoryMarshal.GetReference(row);
        for (var x = 0; x < columns.Length; x++)
        {
            var weights = columns.Weights(x);
            var at = (nuint)((columns.Start(x) - first) * 4);
            Vector128<float> sum = default;
            for (var t = 0; t < weights.Length; t++, at += 4)
                sum += Vector128.Create(weights[t]) * Vector128.LoadUnsafe(ref source, at);
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

    /// <summary>Rounds half up and clamps, lane 0 in the lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint ToBytes(Vector128<float> sum)
    {
        var clamped = Vector128.Min(Vector128.Max(sum + Vector128.Create(0.5f), Vector128<float>.Zero), Vector128.Create(255f));
        var words = Vector128.Narrow(Vector128.ConvertToInt32(clamped), Vector128<int>.Zero);
        return Vector128.Narrow(words.AsUInt16(), Vector128<ushort>.Zero).AsUInt32().ToScalar();
    }
}
