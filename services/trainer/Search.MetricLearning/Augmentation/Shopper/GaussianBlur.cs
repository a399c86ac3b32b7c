using System.Numerics;

namespace Search.MetricLearning.Augmentation;

/// <summary>A separable Gaussian; the edge repeats beyond the picture.</summary>
internal static class GaussianBlur
{
    /// <summary>Below this the kernel is a single pixel.</summary>
    private const float LeastDeviation = 0.2f;

    /// <summary>In place over <paramref name="side"/> squared, 3 bytes a pixel.</summary>
    public static void Apply(Span<byte> picture, int side, float deviation)
    {
        if (deviation < LeastDeviation)
            return;
        var plane = new float[side * side];
        for (var c = 0; c < 3; c++)
        {
            for (var i = 0; i < plane.Length; i++)
                plane[i] = picture[3 * i + c];
            Apply(plane, side, deviation);
            for (var i = 0; i < plane.Length; i++)
                picture[3 * i + c] = (byte)(plane[i] + 0.5f);
        }
    }

    /// <summary>In place over <paramref name="side"/> squared values.</summary>
    public static void Apply(float[] plane, int side, float deviation)
    {
        if (deviation < LeastDeviation)
            return;
        var kernel = Kernel(deviation);
        var turned = new float[plane.Length];
        var padded = new float[side + kernel.Length + Vector<float>.Count];
        // Twice the same pass: each blurs along rows and turns the picture over its diagonal.
        Pass(plane, turned, side, kernel, padded);
        Pass(turned, plane, side, kernel, padded);
    }

    /// <summary>Several places of a row at a time; each adds the kernel's products in one order, whatever the width of a vector.</summary>
    private static void Pass(float[] from, float[] to, int side, float[] kernel, float[] padded)
    {
        var radius = kernel.Length / 2;
        for (var row = 0; row < side; row++)
        {
            padded.AsSpan(0, radius).Fill(from[row * side]);
            from.AsSpan(row * side, side).CopyTo(padded.AsSpan(radius));
            padded.AsSpan(radius + side).Fill(from[(row + 1) * side - 1]);
            for (var column = 0; column < side; column += Vector<float>.Count)
            {
                var sums = Vector<float>.Zero;
                for (var k = 0; k < kernel.Length; k++)
                    sums += kernel[k] * new Vector<float>(padded, column + k);
                for (var i = 0; i < Math.Min(Vector<float>.Count, side - column); i++)
                    to[(column + i) * side + row] = sums[i];
            }
        }
    }

    private static float[] Kernel(float deviation)
    {
        var radius = Math.Max(1, (int)MathF.Ceiling(2.5f * deviation));
        var kernel = new float[2 * radius + 1];
        for (var i = 0; i < kernel.Length; i++)
            kernel[i] = MathF.Exp(-(i - radius) * (i - radius) / (2 * deviation * deviation));
        var sum = kernel.Sum();
        return Array.ConvertAll(kernel, k => k / sum);
    }
}
