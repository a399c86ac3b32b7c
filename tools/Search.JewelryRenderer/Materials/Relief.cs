using System.Numerics;

namespace Search.JewelryRenderer.Materials;

/// <summary>A fine relief: given a point in the part's coordinates (cm), how the normal tilts there.</summary>
internal delegate Vector3 Relief(Vector3 local);

/// <summary>Finishes of metal and leather too fine for geometry.</summary>
internal static class Reliefs
{
    /// <summary>Shallow round dents, as a hammer leaves them.</summary>
    /// <param name="size">Their distance in centimetres.</param>
    public static Relief Hammered(float size) => p => Noise.FromNearestPoint(p / size) * 0.42f;

    /// <summary>Fine lines along the local x axis.</summary>
    public static Relief Brushed(float strength = 0.16f) => p =>
    {
        var line = Noise.At(new Vector2(p.X * 1.2f, p.Z * 160 + p.Y * 90)) - 0.5f;
        return new Vector3(0, line * 0.5f, line) * strength * 2;
    };

    /// <summary>Rays from the middle of a dial.</summary>
    public static Relief Sunray => p =>
    {
        var angle = MathF.Atan2(p.Z, p.X);
        var line = Noise.At(new Vector2(angle * 60, 0.5f)) - 0.5f;
        return new Vector3(-MathF.Sin(angle), 0, MathF.Cos(angle)) * line * 0.5f;
    };

    /// <summary>Grain of leather.</summary>
    public static Relief Leather => p => Gradient(new Vector2(p.X + p.Y * 0.7f, p.Z + p.Y * 0.7f) * 26) * 0.16f;

    /// <summary>Woven wire.</summary>
    public static Relief Weave(float pitch) => p =>
    {
        var (a, b) = (p.X / pitch, (p.Z + p.Y * 0.8f) / pitch);
        var over = MathF.Sin(a * 2 * MathF.PI);
        var along = MathF.Sin(b * 2 * MathF.PI + (MathF.Sin(a * MathF.PI) > 0 ? 0 : MathF.PI));
        return new Vector3(over * 0.5f, 0, along * 0.4f);
    };

    private static Vector3 Gradient(Vector2 q)
    {
        const float step = 0.2f;
        var here = Noise.At(q);
        return new Vector3(Noise.At(q + new Vector2(step, 0)) - here, 0, Noise.At(q + new Vector2(0, step)) - here) / step;
    }
}
