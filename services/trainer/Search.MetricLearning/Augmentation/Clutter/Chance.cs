using System.Numerics;

namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>Draws that surfaces are made of.</summary>
internal static class Chance
{
    public static float Between(this Random random, float from, float to) => from + random.NextSingle() * (to - from);

    public static T Of<T>(this Random random, params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    /// <summary>The colour 0xRRGGBB, a little lighter or darker and shifted in hue.</summary>
    public static Vector3 Near(this Random random, uint rgb, float spread = 0.06f)
    {
        var colour = new Vector3(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255) / 255 * random.Between(1 - 2 * spread, 1 + 2 * spread);
        return colour + new Vector3(random.Between(-spread, spread), random.Between(-spread, spread), random.Between(-spread, spread)) * 0.5f;
    }

    /// <summary>A random turn of the plane about its middle: backgrounds have no upright.</summary>
    public static Func<float, float, (float X, float Y)> Turn(this Random random)
    {
        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
        return (x, y) => (cos * (x - 0.5f) - sin * (y - 0.5f), sin * (x - 0.5f) + cos * (y - 0.5f));
    }
}
