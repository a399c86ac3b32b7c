using System.Numerics;

namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>Anything made of cells: pebbles, terrazzo, leather.</summary>
internal static class Cells
{
    public static Surface Create(Random random)
    {
        var turn = random.Turn();
        var noise = new ValueNoise(random);
        var jitter = new ValueNoise(random);
        var ground = random.Near(random.Of<uint>(0x9C9284, 0x5A3A28, 0x2B2522, 0xC8BDAA, 0x6E7A86), 0.08f);
        var second = random.Near(random.Of<uint>(0xD8D2C6, 0x8A5A44, 0x40474E, 0xB7A37C), 0.08f);
        float scale = random.Between(6, 34), variety = random.Between(0, 0.9f), gap = random.Between(0.08f, 0.3f);
        return (px, py) =>
        {
            var (x, y) = turn(px, py);
            x = x * scale + 0.3f * noise.At(x * scale, y * scale);
            y *= scale;
            int column = (int)MathF.Floor(x), row = (int)MathF.Floor(y);
            float nearest = 9, next = 9, own = 0;
            for (var dy = -1; dy <= 1; dy++)
                for (var dx = -1; dx <= 1; dx++)
                {
                    int c = column + dx, r = row + dy;
                    float cx = c + jitter.Lattice(c, r) - x, cy = r + jitter.Lattice(c + 5003, r) - y, distance = MathF.Sqrt(cx * cx + cy * cy);
                    if (distance < nearest)
                        (nearest, next, own) = (distance, nearest, noise.Lattice(c, r + 77));
                    else
                        next = MathF.Min(next, distance);
                }
            var edge = Math.Clamp((next - nearest) / gap, 0, 1);
            return Vector3.Lerp(ground, second, variety * own) * (0.5f + 0.5f * edge) * (0.9f + 0.2f * noise.Fractal(x, y, 2));
        };
    }
}
