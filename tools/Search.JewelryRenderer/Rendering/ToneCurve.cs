using System.Numerics;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Rendering;

/// <summary>From light to bytes: a linear middle with a soft shoulder, so that stones keep their hue and softboxes do not clip.</summary>
internal static class ToneCurve
{
    private const float Shoulder = 0.55f;

    public static Picture Develop(Vector3[] light, int size, DevelopSettings settings, uint seed)
    {
        var bytes = new byte[light.Length * 4];
        for (var i = 0; i < light.Length; i++)
        {
            var (y, x) = Math.DivRem(i, size);
            var off = new Vector2(x, y) / size * 2 - Vector2.One;
            var noise = new Sampler(seed ^ 0xF11Fu, i, 0).Next2();
            var grain = (noise.X + noise.Y - 1) * settings.Grain;
            var c = light[i] * settings.Tint * (1 - settings.Vignette * off.LengthSquared() / 2);
            (bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]) = (Encode(c.X, grain), Encode(c.Y, grain), Encode(c.Z, grain), 255);
        }

        return new Picture(size, bytes);
    }

    private static byte Encode(float value, float grain)
    {
        var v = MathF.Max(0, value);
        if (v > Shoulder) v = Shoulder + (1 - Shoulder) * (1 - MathF.Exp((Shoulder - v) / (1 - Shoulder)));
        var s = v <= 0.0031308f ? 12.92f * v : 1.055f * MathF.Pow(v, 1 / 2.4f) - 0.055f;
        return (byte)(Math.Clamp(s + grain, 0, 1) * 255 + 0.5f);
    }
}
