using System.Numerics;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Lighting;

/// <summary>
/// A rectangle at infinity: a softbox that shines or a black card that makes metal edges readable.
/// Half sizes are tangents of the half angles it covers.
/// </summary>
internal sealed record Panel
{
    public Panel(float azimuth, float elevation, float halfWidth, float halfHeight)
    {
        var (sinE, cosE) = MathF.SinCos(elevation);
        var (sinA, cosA) = MathF.SinCos(azimuth);
        Direction = new Vector3(sinA * cosE, sinE, cosA * cosE);
        (Across, Along) = Directions.Tangents(Direction);
        (HalfWidth, HalfHeight) = (halfWidth, halfHeight);
    }

    /// <summary>Width of the edge relative to the half size: lamps end sharply, cards fade as out-of-focus things do.</summary>
    public float Softness { get; init; } = 0.16f;

    public Vector3 Direction { get; }

    public Vector3 Across { get; }

    public Vector3 Along { get; }

    public float HalfWidth { get; }

    public float HalfHeight { get; }

    /// <summary>How much of the panel a direction sees: 1 inside, a soft edge, 0 outside.</summary>
    public float Coverage(Vector3 d)
    {
        var q = Vector3.Dot(d, Direction);
        if (q <= 0.02f) return 0;
        var x = MathF.Abs(Vector3.Dot(d, Across)) / (q * HalfWidth);
        var y = MathF.Abs(Vector3.Dot(d, Along)) / (q * HalfHeight);
        return Edge(x, Softness) * Edge(y, Softness);
    }

    public Vector3 Sample(Vector2 u) => Vector3.Normalize(
        Direction + Across * ((u.X * 2 - 1) * HalfWidth) + Along * ((u.Y * 2 - 1) * HalfHeight));

    /// <summary>Steradians, at the small-panel approximation that <see cref="Sample"/> shares.</summary>
    public float SolidAngle => 4 * HalfWidth * HalfHeight / MathF.Pow(1 + (HalfWidth * HalfWidth + HalfHeight * HalfHeight) / 3, 1.5f);

    private static float Edge(float x, float softness)
    {
        var t = Math.Clamp((1 + softness / 2 - x) / softness, 0, 1);
        return t * t * (3 - 2 * t);
    }
}
