namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>A page or a box with lines of print and coloured areas.</summary>
internal static class PrintedPaper
{
    public static Surface Create(Random random)
    {
        var turn = random.Turn();
        var noise = new ValueNoise(random);
        var paper = random.Near(random.Of<uint>(0xEDE7DA, 0xD9C7A4, 0xC7D3DC, 0xE8C9C4, 0xBFA27A));
        var ink = random.Near(random.Of<uint>(0x2A2A30, 0x5A2430, 0x24466B, 0x30523A));
        float lines = random.Between(8, 26), words = random.Between(9, 30), block = random.Between(0.25f, 0.5f), margin = random.Between(0.3f, 0.55f);
        var picture = random.Near(random.Of<uint>(0x9C4A3A, 0x3A6F8C, 0x6E8A3F, 0xD0A24A), 0.1f);
        return (px, py) =>
        {
            var (x, y) = turn(px, py);
            var shade = 0.85f + 0.25f * noise.Fractal(x * 2, y * 2, 2);
            var row = (int)MathF.Floor(y * lines);
            var inLine = y * lines - row is > 0.25f and < 0.7f && MathF.Abs(x) < margin;
            var printed = inLine && noise.Lattice((int)MathF.Floor(x * words + 5 * noise.Lattice(row, 3)), row) > 0.2f && noise.At(x * words * 9, row * 7) > 0.3f;
            var area = noise.Lattice((int)MathF.Floor(x / block), (int)MathF.Floor(y / block)) > 0.72f;
            return (printed ? ink : area ? picture : paper) * shade;
        };
    }
}
