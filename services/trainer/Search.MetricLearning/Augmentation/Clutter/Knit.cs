namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>Coarse loops of wool, towel or carpet.</summary>
internal static class Knit
{
    public static Surface Create(Random random)
    {
        var turn = random.Turn();
        var noise = new ValueNoise(random);
        var wool = random.Near(random.Of<uint>(0xCFC6B4, 0x6F7F6A, 0x9A4E42, 0x34465C, 0xD7A8A0, 0x55504A), 0.1f);
        var second = random.Near(random.Of<uint>(0xE9E2D2, 0x2E2A2A, 0xB98B4A), 0.1f);
        float stitches = random.Between(14, 40), stripe = random.Between(2, 7), share = random.NextSingle() * 0.5f;
        return (px, py) =>
        {
            var (x, y) = turn(px, py);
            float u = x * stitches, v = y * stitches + 0.8f * MathF.Abs(u - MathF.Floor(u) - 0.5f) + 0.5f * noise.At(x * 6, y * 6);
            var loop = MathF.Abs(MathF.Sin(u * MathF.PI)) * (0.6f + 0.4f * MathF.Abs(MathF.Sin(v * MathF.PI)));
            var fuzz = noise.Fractal(u * 6, v * 6, 2) - 0.5f;
            var striped = y * stripe - MathF.Floor(y * stripe) < share;
            return (striped ? second : wool) * (0.45f + 0.6f * loop + 0.35f * fuzz) * (0.85f + 0.3f * noise.At(x * 2, y * 2));
        };
    }
}
