using System.Numerics;

namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>A table of planks: rings cut along the trunk, fibres and dark seams.</summary>
internal static class Wood
{
    public static Surface Create(Random random)
    {
        var turn = random.Turn();
        var noise = new ValueNoise(random);
        var light = random.Near(random.Of<uint>(0xD9B382, 0xC08A52, 0xA9713F, 0x7C4F2C, 0x553420, 0xE2CBA6, 0x9A8672));
        var dark = light * random.Between(0.5f, 0.75f);
        float rings = random.Between(8, 26), plank = random.Between(0.25f, 0.9f), wave = random.Between(0.5f, 2), fibre = random.Between(0.05f, 0.14f);
        return (px, py) =>
        {
            var (x, y) = turn(px, py);
            var row = MathF.Floor(y / plank);
            // Each plank is its own cut of another tree.
            float own = noise.Lattice((int)row, 911), along = x + 7 * own;
            var bend = noise.Fractal(along * 1.3f + 31 * own, y * 3 * wave + 17 * own, 3);
            var ring = (y * rings + bend * 5 * wave) % 1;
            var grain = MathF.Pow(MathF.Abs(ring < 0 ? ring + 1 : ring), 1.6f);
            var fibres = noise.At(along * 14, y * 190) - 0.5f + 0.6f * (noise.At(along * 5, y * 70) - 0.5f);
            var colour = Vector3.Lerp(light, dark, 0.75f * grain + 0.25f * bend) * (0.85f + 0.3f * own) + new Vector3(fibre * fibres);
            var seam = MathF.Min(y / plank - row, row + 1 - y / plank) * plank;
            return colour * (0.35f + 0.65f * Math.Clamp(seam / 0.006f, 0, 1));
        };
    }
}
