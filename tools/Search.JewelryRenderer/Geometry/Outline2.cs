using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>Closed plane curves, counter-clockwise around the origin: cross sections of bands, plates and stones.</summary>
internal static class Outline2
{
    public static Vector2[] Circle(float radius, int points) => Ellipse(radius, radius, points);

    public static Vector2[] Ellipse(float a, float b, int points) => Superellipse(a, b, 2, points);

    /// <summary>|x/a|^n + |y/b|^n = 1: n = 2 an ellipse, above it an ever squarer rounded box.</summary>
    public static Vector2[] Superellipse(float a, float b, float power, int points) => Polar(points, angle =>
    {
        var (sin, cos) = MathF.SinCos(angle);
        return new Vector2(
            a * MathF.Sign(cos) * MathF.Pow(MathF.Abs(cos), 2 / power),
            b * MathF.Sign(sin) * MathF.Pow(MathF.Abs(sin), 2 / power));
    });

    /// <summary>A rectangle with quarter-circle corners.</summary>
    public static Vector2[] RoundedBox(float halfWidth, float halfHeight, float corner, int cornerPoints = 5)
    {
        var points = new List<Vector2>();
        for (var q = 0; q < 4; q++)
        {
            var centre = new Vector2(q is 0 or 3 ? 1 : -1, q < 2 ? 1 : -1) * new Vector2(halfWidth - corner, halfHeight - corner);
            for (var i = 0; i < cornerPoints; i++)
            {
                var (sin, cos) = MathF.SinCos(MathF.PI / 2 * (q + i / (float)(cornerPoints - 1)));
                points.Add(centre + new Vector2(cos, sin) * corner);
            }
        }

        return [.. points];
    }

    /// <summary>Flat inside, domed outside (towards +x): the classic comfortable band.</summary>
    public static Vector2[] HalfRound(float thickness, float width, int points) => Polar(points, angle =>
    {
        var (sin, cos) = MathF.SinCos(angle);
        return new Vector2(cos > 0 ? cos * thickness : cos * thickness * 0.18f, sin * width);
    });

    /// <summary>A ridge in the middle of the outside.</summary>
    public static Vector2[] KnifeEdge(float thickness, float width, int points) => Polar(points, angle =>
    {
        var (sin, cos) = MathF.SinCos(angle);
        return new Vector2(cos > 0 ? (1 - MathF.Pow(MathF.Abs(sin), 1.15f)) * thickness : cos * thickness * 0.15f, sin * width);
    });

    public static Vector2[] Regular(int sides, float radius, float turn = 0) => Polar(sides, angle => Turn(angle + turn) * radius);

    public static Vector2[] Star(int tips, float outer, float inner, float turn = 0) =>
        Polar(tips * 2, angle => Turn(angle + turn) * ((int)MathF.Round(angle / MathF.PI * tips) % 2 == 0 ? outer : inner));

    public static Vector2[] Heart(float size, int points) => Polar(points, angle =>
    {
        var sin = MathF.Sin(angle);
        return new Vector2(16 * sin * sin * sin, 13 * MathF.Cos(angle) - 5 * MathF.Cos(2 * angle) - 2 * MathF.Cos(3 * angle) - MathF.Cos(4 * angle))
            * (size / 16);
    });

    /// <summary>A drop with its tip on +x.</summary>
    public static Vector2[] Pear(float length, float width, int points) => Polar(points, angle =>
    {
        var (sin, cos) = MathF.SinCos(angle);
        return new Vector2(length * (cos > 0 ? MathF.Pow(cos, 0.9f) : cos * 0.68f), width * sin * (cos > 0 ? 1 - 0.55f * cos * cos : 1));
    });

    /// <summary>Two arcs that meet in tips on the x axis.</summary>
    public static Vector2[] Marquise(float length, float width, int points) => Polar(points, angle =>
    {
        var along = MathF.Cos(angle);
        return new Vector2(length * along, width * (1 - along * along) * MathF.Sign(MathF.Sin(angle)));
    });

    /// <summary>Points evenly spaced along a closed outline, moved outwards, with their outward directions.</summary>
    public static (Vector2 Point, Vector2 Outward)[] Spaced(IReadOnlyList<Vector2> outline, int count, float offset = 0)
    {
        var lengths = new float[outline.Count + 1];
        for (var i = 0; i < outline.Count; i++)
            lengths[i + 1] = lengths[i] + Vector2.Distance(outline[i], outline[(i + 1) % outline.Count]);
        var result = new (Vector2, Vector2)[count];
        var at = 0;
        for (var k = 0; k < count; k++)
        {
            var along = lengths[^1] * k / count;
            while (lengths[at + 1] < along) at++;
            var (a, b) = (outline[at], outline[(at + 1) % outline.Count]);
            // Smooth along the curve: from the point before the edge to the one after it. Those of a triangle are one and the same.
            var edge = Vector2.Normalize(outline.Count > 3 ? outline[(at + 2) % outline.Count] - outline[(at + outline.Count - 1) % outline.Count] : b - a);
            var outward = new Vector2(edge.Y, -edge.X);
            result[k] = (Vector2.Lerp(a, b, (along - lengths[at]) / MathF.Max(1e-6f, lengths[at + 1] - lengths[at])) + outward * offset, outward);
        }

        return result;
    }

    public static Vector2 Turn(float angle) => new(MathF.Cos(angle), MathF.Sin(angle));

    private static Vector2[] Polar(int points, Func<float, Vector2> at) =>
        [.. Enumerable.Range(0, points).Select(i => at(i * 2 * MathF.PI / points))];
}
