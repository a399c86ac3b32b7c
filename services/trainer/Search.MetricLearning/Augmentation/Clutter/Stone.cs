using System.Numerics;

namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>A worktop of marble: clouds and veins.</summary>
internal static class Stone
{
    public static Surface Create(Random random)
    {
        var turn = random.Turn();
        var noise = new ValueNoise(random);
        var ground = random.Near(random.Of<uint>(0xE4E0DA, 0xB8B4AE, 0x3A3B40, 0x7F8A80, 0xC9B49A));
        var vein = random.Near(random.Of<uint>(0x6B6660, 0x2A2A2E, 0xC4A878, 0xE8E4DC));
        float scale = random.Between(1.5f, 4), sharp = random.Between(0.03f, 0.1f);
        return (px, py) =>
        {
            var (x, y) = turn(px, py);
            float bend = noise.Fractal(x * scale, y * scale, 4), other = noise.Fractal(x * scale * 2 + 40 + 2 * bend, y * scale * 2 + 11, 4);
            var veins = MathF.Max(MathF.Max(0, 1 - MathF.Abs(bend - 0.5f) / sharp), 0.6f * MathF.Max(0, 1 - MathF.Abs(other - 0.5f) / (sharp / 2)));
            return Vector3.Lerp(ground * (0.85f + 0.3f * other), vein, 0.7f * veins) + new Vector3(0.03f * (noise.At(x * 150, y * 150) - 0.5f));
        };
    }
}
