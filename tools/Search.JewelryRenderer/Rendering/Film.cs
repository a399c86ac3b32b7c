using System.Numerics;
using Search.JewelryRenderer.Lighting;

namespace Search.JewelryRenderer.Rendering;

/// <summary>Sums of samples for each pixel, with the features the denoiser steers by.</summary>
internal sealed class Film(int size)
{
    public int Size { get; } = size;

    public Vector3[] Radiance { get; } = new Vector3[size * size];

    public Vector3[] Albedo { get; } = new Vector3[size * size];

    public Vector3[] Normal { get; } = new Vector3[size * size];

    /// <summary>Sums of squared luminance.</summary>
    public float[] Square { get; } = new float[size * size];

    public int[] Count { get; } = new int[size * size];

    /// <summary>Samples that may be smoothed.</summary>
    public int[] Smooth { get; } = new int[size * size];

    /// <summary>Samples that met a matte prop.</summary>
    public int[] Matte { get; } = new int[size * size];

    /// <summary>Samples that met metal, stone or another shiny thing.</summary>
    public int[] Shiny { get; } = new int[size * size];

    /// <summary>Adds a sample whose radiance is cut at a limit: one stray reflection of a lamp must not outshine a pixel.</summary>
    public void Add(int pixel, in PrimarySample sample, float limit)
    {
        var c = sample.Radiance;
        var peak = MathF.Max(c.X, MathF.Max(c.Y, c.Z));
        if (!float.IsFinite(peak)) c = Vector3.Zero;
        else if (peak > limit) c *= limit / peak;
        Radiance[pixel] += c;
        Albedo[pixel] += sample.Albedo;
        Normal[pixel] += sample.Normal;
        var y = Studio.Luminance(c);
        Square[pixel] += y * y;
        Count[pixel]++;
        if (sample.IsSmooth) Smooth[pixel]++;
        if (sample.Met == Met.Matte) Matte[pixel]++;
        if (sample.Met == Met.Shiny) Shiny[pixel]++;
    }

    /// <summary>Standard error of a pixel's mean luminance.</summary>
    public float StandardError(int pixel)
    {
        var n = Count[pixel];
        var mean = Studio.Luminance(Radiance[pixel]) / n;
        return MathF.Sqrt(MathF.Max(0, Square[pixel] / n - mean * mean) / n);
    }
}
