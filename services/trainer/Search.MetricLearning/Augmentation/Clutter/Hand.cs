using System.Numerics;

namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>A palm with fingers in front of something dim and far out of focus.</summary>
internal static class Hand
{
    private const int MostFingers = 5;

    public static Surface Create(Random random)
    {
        var turn = random.Turn();
        var noise = new ValueNoise(random);
        Vector3 near = random.Near(0x8A8178, 0.2f), far = random.Near(0x5C6068, 0.2f);
        var skin = random.Near(random.Of<uint>(0xF1C9AE, 0xE3AC86, 0xC98D65, 0xA66B45, 0x7B4A2F, 0x54331F), 0.04f);
        var flush = skin * new Vector3(1.02f, 0.82f, 0.78f);
        var fingers = new Finger[random.Next(3, MostFingers)];
        var width = random.Between(0.1f, 0.14f);
        for (var i = 0; i < fingers.Length; i++)
        {
            var offset = (i - (fingers.Length - 1) / 2f) * 1.9f * width;
            var spread = random.Between(-0.12f, 0.12f) + 0.5f * offset;
            fingers[i] = new Finger(
                new Vector2(offset, 0.05f), new Vector2(offset + spread, -random.Between(0.45f, 0.75f)), width * random.Between(0.85f, 1.1f), random.Between(0.25f, 0.4f));
        }
        var palm = new Vector2(0, random.Between(0.32f, 0.45f));
        return (px, py) =>
        {
            var (x, y) = turn(px, py);
            var place = new Vector2(x + 0.02f * (noise.At(x * 5, y * 5) - 0.5f), y + 0.02f * (noise.At(x * 5 + 9, y * 5) - 0.5f));
            float height = Dome((place - palm).Length() / 0.42f), crease = 0;
            foreach (var finger in fingers)
            {
                var (h, c) = finger.At(place);
                // Where two shapes meet, the gap between them is in shadow.
                height = MathF.Max(height, h);
                crease = MathF.Max(crease, c);
            }
            if (height <= 0)
                return Vector3.Lerp(near, far, noise.Fractal(x * 2.5f + 50, y * 2.5f, 2) * 1.6f - 0.3f);
            var pores = 0.05f * (noise.At(x * 120, y * 120) - 0.5f) + 0.05f * (noise.Fractal(x * 18, y * 18, 2) - 0.5f);
            var lines = 1 - 0.16f * MathF.Max(0, 1 - MathF.Abs(noise.Fractal(x * 3 + 20, y * 3, 2) - 0.5f) / 0.02f);
            var colour = Vector3.Lerp(skin, flush, noise.Fractal(x * 4, y * 4 + 7, 2));
            return colour * ((0.5f + 0.55f * MathF.Sqrt(height)) * lines * (1 - 0.2f * crease)) + new Vector3(pores);
        };
    }

    /// <summary>The height of a rounded thing at a distance from its middle, in radii; 0 outside.</summary>
    private static float Dome(float distance) => distance >= 1 ? 0 : 1 - distance * distance;

    private readonly record struct Finger(Vector2 Root, Vector2 Tip, float Width, float Joint)
    {
        public (float Height, float Crease) At(Vector2 place)
        {
            var axis = Tip - Root;
            var along = Math.Clamp(Vector2.Dot(place - Root, axis) / axis.LengthSquared(), 0, 1);
            var height = Dome((place - Root - along * axis).Length() / (0.5f * Width * 1.8f));
            var bend = MathF.Min(MathF.Abs(along - Joint), MathF.Abs(along - 2 * Joint));
            return (height, height > 0 ? MathF.Max(0, 1 - bend / 0.02f) : 0);
        }
    }
}
