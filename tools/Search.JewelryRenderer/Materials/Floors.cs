using System.Numerics;

namespace Search.JewelryRenderer.Materials;

/// <summary>Table tops. Angles turn the pattern so that no two photos show the same planks.</summary>
internal static class Floors
{
    public static Floor Paper(Vector3 colour) => new(_ => colour, colour, colour, 0, 0);

    public static Floor Acrylic(Vector3 colour) => new(_ => colour, colour, colour, 1.2f, 0.12f);

    public static Floor Wood(Vector3 light, Vector3 dark, float angle) => new(
        p =>
        {
            var q = Turned(p, angle);
            var plank = MathF.Floor(q.Y / 9);
            var inPlank = q.Y / 9 - plank;
            var shift = plank * 37.7f;
            var wave = Noise.Fractal(new Vector2(q.X * 0.12f + shift, q.Y * 0.9f), 3);
            var grain = Noise.Fractal(new Vector2(q.X * 0.7f + shift, q.Y * 11 + wave * 9), 3);
            var tone = Math.Clamp(grain * 1.3f - 0.25f + 0.35f * (wave - 0.5f) + 0.12f * Noise.Cell((int)plank, 3).X, 0, 1);
            var gap = inPlank is < 0.008f or > 0.992f ? 0.35f : 1;
            return Vector3.Lerp(light, dark, tone) * gap;
        },
        (light + dark) / 2, Vector3.Lerp(light, dark, 0.6f) * 0.8f, 0.5f, 0.4f);

    public static Floor Marble(Vector3 ground, Vector3 vein, float angle) => new(
        p =>
        {
            var q = Turned(p, angle) / 3.2f;
            var warp = Noise.Fractal(q * 0.9f, 4) * 3.2f;
            var ridge = MathF.Abs(MathF.Sin((q.X * 0.8f + q.Y * 0.35f + warp) * 1.9f));
            var fine = MathF.Abs(MathF.Sin((q.X * 0.5f - q.Y * 1.3f + warp * 1.7f) * 2.3f));
            var strength = MathF.Pow(1 - ridge, 9) * 0.9f + MathF.Pow(1 - fine, 14) * 0.45f + 0.1f * Noise.Fractal(q * 0.5f, 2);
            return Vector3.Lerp(ground, vein, MathF.Min(1, strength));
        },
        ground * 0.95f, ground * 0.9f, 1, 0.12f);

    /// <summary>Woven cloth; one thread is about half a millimetre.</summary>
    public static Floor Linen(Vector3 colour, float angle) => new(
        p =>
        {
            var q = Turned(p, angle) * 16;
            var warp = Noise.At(new Vector2(q.X, q.Y * 0.08f));
            var weft = Noise.At(new Vector2(q.X * 0.08f + 40, q.Y));
            var over = MathF.Sin(q.X * 3.14f) * MathF.Sin(q.Y * 3.14f);
            return colour * (0.78f + 0.2f * warp + 0.2f * weft + 0.07f * over);
        },
        colour, colour * 0.95f, 0, 0);

    public static Floor Slate(Vector3 colour, float angle) => new(
        p =>
        {
            var q = Turned(p, angle);
            return colour * (0.55f + 0.75f * Noise.Fractal(q * new Vector2(0.35f, 0.8f), 5) + 0.12f * Noise.At(q * 18));
        },
        colour, colour * 0.9f, 0.7f, 0.45f);

    /// <summary>Terrazzo: small chips in a pale ground.</summary>
    public static Floor Terrazzo(Vector3 ground, Vector3 chip, float angle) => new(
        p =>
        {
            var q = Turned(p, angle);
            var near = Noise.FromNearestPoint(new Vector3(q.X, 0.5f, q.Y) * 2.6f);
            var tone = Noise.At(q * 5);
            return near.LengthSquared() < 0.03f + 0.05f * tone ? Vector3.Lerp(chip, ground * 0.55f, tone) : ground;
        },
        ground * 0.96f, ground * 0.96f, 0.8f, 0.2f);

    private static Vector2 Turned(Vector2 p, float angle)
    {
        var (sin, cos) = MathF.SinCos(angle);
        return new Vector2(p.X * cos + p.Y * sin, p.Y * cos - p.X * sin);
    }
}
