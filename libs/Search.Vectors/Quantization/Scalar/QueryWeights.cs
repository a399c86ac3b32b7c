using System.Numerics;
using System.Runtime.InteropServices;

namespace Search.Vectors.Quantization.Scalar;

/// <summary>Turns a query into rounded weights, in place: done once a search, it must not cost what a hundred scores do.</summary>
internal static class QueryWeights
{
    /// <summary>w = (w − middle)·step, or w·step without middles; returns the largest |w|.</summary>
    public static float Weigh(Span<float> weights, ReadOnlySpan<float> middles, ReadOnlySpan<float> steps)
    {
        var largest = Vector<float>.Zero;
        var wide = MemoryMarshal.Cast<float, Vector<float>>(weights);
        var wideSteps = MemoryMarshal.Cast<float, Vector<float>>(steps);
        var wideMiddles = MemoryMarshal.Cast<float, Vector<float>>(middles);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = (middles.IsEmpty ? wide[i] : wide[i] - wideMiddles[i]) * wideSteps[i];
            largest = Vector.Max(largest, Vector.Abs(wide[i]));
        }

        var result = 0f;
        for (var lane = 0; lane < Vector<float>.Count; lane++)
            result = Math.Max(result, largest[lane]);
        for (var i = wide.Length * Vector<float>.Count; i < weights.Length; i++)
        {
            weights[i] = (middles.IsEmpty ? weights[i] : weights[i] - middles[i]) * steps[i];
            result = Math.Max(result, Math.Abs(weights[i]));
        }
        return result;
    }

    /// <summary>k = round(w·factor), and the sum of all k.</summary>
    public static int Round(Span<float> weights, float factor, Span<sbyte> code)
    {
        // Rounded in place first: what is left for single components is a conversion.
        var wide = MemoryMarshal.Cast<float, Vector<float>>(weights);
        for (var i = 0; i < wide.Length; i++)
            wide[i] = Vector.Round(wide[i] * factor);
        for (var i = wide.Length * Vector<float>.Count; i < weights.Length; i++)
            weights[i] = MathF.Round(weights[i] * factor);
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var rounded = (int)weights[i];
            code[i] = (sbyte)rounded;
            sum += rounded;
        }
        return sum;
    }
}
