using System.Numerics;
using Search.JewelryRenderer.Lighting;

namespace Search.JewelryRenderer.Rendering;

/// <summary>
/// Edge-avoiding à-trous wavelet filter (Dammertz et al. 2010) steered by normals and by each pixel's own noise. Works on light
/// without surface colour, so wood grain and marble veins stay sharp; stones and reliefs are left alone.
/// </summary>
internal static class Denoiser
{
    private const int Passes = 4;
    private static readonly float[] Kernel = [3 / 8f, 1 / 4f, 1 / 16f];

    public static Vector3[] Filter(Film film)
    {
        var count = film.Radiance.Length;
        var light = new Vector3[count];
        var albedo = new Vector3[count];
        var normal = new Vector3[count];
        var noise = new float[count];
        var smooth = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var n = film.Count[i];
            smooth[i] = film.Smooth[i] == n;
            albedo[i] = smooth[i] ? Vector3.Max(film.Albedo[i] / n, new Vector3(0.01f)) : Vector3.One;
            light[i] = film.Radiance[i] / n / albedo[i];
            normal[i] = Vector3.Normalize(film.Normal[i] + new Vector3(0, 1e-6f, 0));
            noise[i] = film.StandardError(i) / Studio.Luminance(albedo[i]);
        }

        noise = Blur(noise, film.Size);
        for (var pass = 0; pass < Passes; pass++) light = Pass(light, normal, noise, smooth, film.Size, 1 << pass, pass);
        for (var i = 0; i < count; i++) light[i] *= albedo[i];
        return light;
    }

    private static Vector3[] Pass(Vector3[] light, Vector3[] normal, float[] noise, bool[] smooth, int size, int step, int pass)
    {
        var result = (Vector3[])light.Clone();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var me = y * size + x;
                if (!smooth[me]) continue;
                var mine = Studio.Luminance(light[me]);

                // The noise left shrinks by about half each pass, and so must the tolerance, or shadows' edges would go.
                var tolerance = 1 / (4.5f * noise[me] / (1 << pass) + 0.012f * mine + 1e-4f);
                var (sum, weight) = (Vector3.Zero, 0f);
                for (var dy = -2; dy <= 2; dy++)
                {
                    var ny = y + dy * step;
                    if ((uint)ny >= (uint)size) continue;
                    for (var dx = -2; dx <= 2; dx++)
                    {
                        var nx = x + dx * step;
                        if ((uint)nx >= (uint)size) continue;
                        var other = ny * size + nx;
                        if (!smooth[other]) continue;
                        var facing = Vector3.Dot(normal[me], normal[other]);
                        if (facing < 0.8f) continue;
                        var apart = MathF.Abs(mine - Studio.Luminance(light[other])) * tolerance;
                        if (apart > 3) continue;
                        facing *= facing;
                        facing *= facing;
                        facing *= facing;
                        var w = Kernel[Math.Abs(dx)] * Kernel[Math.Abs(dy)] * facing * facing * MathF.Exp(-apart);
                        sum += light[other] * w;
                        weight += w;
                    }
                }

                if (weight > 0) result[me] = sum / weight;
            }
        }

        return result;
    }

    /// <summary>A variance measured from a handful of samples is itself noisy: take the neighbourhood's.</summary>
    private static float[] Blur(float[] values, int size)
    {
        var result = new float[values.Length];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var (sum, n) = (0f, 0);
                for (var ny = Math.Max(0, y - 1); ny <= Math.Min(size - 1, y + 1); ny++)
                {
                    for (var nx = Math.Max(0, x - 1); nx <= Math.Min(size - 1, x + 1); nx++)
                    {
                        sum += values[ny * size + nx];
                        n++;
                    }
                }

                result[y * size + x] = sum / n;
            }
        }

        return result;
    }
}
