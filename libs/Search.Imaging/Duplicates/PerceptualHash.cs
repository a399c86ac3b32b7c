using System.Numerics;

namespace Search.Imaging;

/// <summary>
/// 64 bits that barely change when a picture is scaled, recompressed or slightly retouched: the DCT hash of Zauner,
/// "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010), section 3.2.1. The luma of the whole picture
/// at 32 × 32, its 8 × 8 lowest frequencies without the constant row and column, each compared with their median.
/// </summary>
public static class PerceptualHash
{
    private const int Side = 32;
    private const int Kept = 8;

    /// <summary>A coefficient below this is rounding, not picture; counted as 0 so that flat and symmetric pictures have one hash.</summary>
    private const float Noise = 1e-2f;

    private static readonly float[] s_cosines = Cosines();

    /// <summary>A picture of a single colour has hash 0.</summary>
    /// <param name="image">Any size; decode it small, detail beyond 32 × 32 does not matter here.</param>
    public static ulong Compute(DecodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Span<float> coefficients = stackalloc float[Kept * Kept];
        Transform(image, coefficients);
        Span<float> sorted = stackalloc float[Kept * Kept];
        coefficients.CopyTo(sorted);
        sorted.Sort();
        var median = (sorted[(Kept * Kept / 2) - 1] + sorted[Kept * Kept / 2]) / 2;
        var hash = 0ul;
        for (var i = 0; i < coefficients.Length; i++)
        {
            if (coefficients[i] > median)
                hash |= 1ul << i;
        }

        return hash;
    }

    /// <summary>Bits that differ, 0 to 64. Copies of one picture stay within about 6; unrelated pictures lie around 32.</summary>
    public static int Distance(ulong a, ulong b) => BitOperations.PopCount(a ^ b);

    private static void Transform(DecodedImage image, Span<float> coefficients)
    {
        Span<byte> pixels = stackalloc byte[Side * Side * 4];
        var all = new SourceBox(0, 0, image.Width, image.Height);
        Resampler.Resize(
            image.Pixels, image.Width, image.Height, all, ResamplingFilter.Triangle, pixels, Side, Side, Side * 4, targetChannels: 4);

        // Rows first, only the 8 frequencies that are kept: partial[y, v] = Σx luma[y, x] cos[v, x].
        Span<float> partial = stackalloc float[Side * Kept];
        Span<float> luma = stackalloc float[Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var at = ((y * Side) + x) * 4;
                luma[x] = (0.299f * pixels[at]) + (0.587f * pixels[at + 1]) + (0.114f * pixels[at + 2]);
            }

            for (var v = 0; v < Kept; v++)
                partial[(y * Kept) + v] = Dot(luma, s_cosines.AsSpan(v * Side, Side), 1);
        }

        for (var u = 0; u < Kept; u++)
        {
            for (var v = 0; v < Kept; v++)
            {
                var value = Dot(partial[v..], s_cosines.AsSpan(u * Side, Side), Kept);
                coefficients[(u * Kept) + v] = Math.Abs(value) < Noise ? 0 : value;
            }
        }
    }

    private static float Dot(ReadOnlySpan<float> values, ReadOnlySpan<float> cosines, int stride)
    {
        var sum = 0f;
        for (var i = 0; i < Side; i++)
            sum += values[i * stride] * cosines[i];
        return sum;
    }

    /// <summary>Orthonormal DCT-II rows for the frequencies 1 to 8.</summary>
    private static float[] Cosines()
    {
        var table = new float[Kept * Side];
        for (var v = 0; v < Kept; v++)
        {
            for (var x = 0; x < Side; x++)
                table[(v * Side) + x] = (float)(Math.Sqrt(2.0 / Side) * Math.Cos(Math.PI / Side * (x + 0.5) * (v + 1)));
        }

        return table;
    }
}
