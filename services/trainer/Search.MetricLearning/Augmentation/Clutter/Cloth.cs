using System.Numerics;

namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>Woven cloth that lies in folds, plain, striped or chequered.</summary>
internal static class Cloth
{
    public static Surface Create(Random random)
    {
        var turn = random.Turn();
        var noise = new ValueNoise(random);
        var colour = random.Near(random.Of<uint>(0xD8CFC0, 0x8FA3B8, 0x2F4A73, 0x7A1F2B, 0x24262B, 0x5E6B4E, 0xC9A3A0, 0x8A6BA0, 0xB89B5E, 0x4E4E55));
        var second = random.Near(random.Of<uint>(0xF0EBE0, 0x1C1C22, 0xA8433F, 0x39597D, 0xC7B78E));
        var print = random.Of(Print.Plain, Print.Plain, Print.Stripes, Print.Checks);
        float threads = random.Between(55, 110), weave = random.Between(0.04f, 0.13f), folds = random.Between(1.2f, 3.5f);
        float depth = random.Between(0.25f, 0.6f), period = random.Between(3, 9), stretch = random.Between(0.25f, 0.7f);
        return (px, py) =>
        {
            var (x, y) = turn(px, py);
            // Folds run along one direction; cloth and print bend with them.
            var drape = noise.Fractal(x * folds, y * folds * stretch, 2);
            float u = x + 0.12f * drape, v = y + 0.05f * noise.At(x * 2 + 9, y * 2);
            var ridge = 1 - MathF.Abs(2 * noise.Fractal(u * folds + 3, v * folds * stretch + 5, 2) - 1);
            var slope = noise.Fractal((u + 0.02f) * folds + 3, v * folds * stretch + 5, 2) - noise.Fractal(u * folds + 3, v * folds * stretch + 5, 2);
            var shade = 1 - depth * (1 - ridge) + 6 * depth * slope;
            var thread = MathF.Sin(u * threads * MathF.Tau) * MathF.Sin(v * threads * MathF.Tau) + 0.7f * (noise.At(u * 160, v * 160) - 0.5f);
            var dyed = print switch
            {
                Print.Stripes => Band(u * period) ? second : colour,
                Print.Checks => Vector3.Lerp(colour, second, (Band(u * period) ? 0.5f : 0) + (Band(v * period) ? 0.5f : 0)),
                _ => colour,
            };
            return dyed * (shade + weave * thread);
        };
    }

    private static bool Band(float t) => t - MathF.Floor(t) < 0.4f;

    private enum Print
    {
        Plain,
        Stripes,
        Checks,
    }
}
