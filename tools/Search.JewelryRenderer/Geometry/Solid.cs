using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>Solids built from plane curves.</summary>
internal static class Solid
{
    /// <summary>Turns a profile of (radius, height) points around the y axis.</summary>
    public static Mesh Lathe(IReadOnlyList<Vector2> profile, int segments = 48) =>
        Patch.Grid(
            [.. profile.Select(p => Enumerable.Range(0, segments)
                .Select(i => Outline2.Turn(-i * 2 * MathF.PI / segments) * p.X)
                .Select(q => new Vector3(q.X, p.Y, q.Y)).ToArray())],
            closeColumns: true);

    /// <summary>A cross section (x outwards, y along the axis) led around the y axis: bands, bezels, rings of wire.</summary>
    public static Mesh Ring(float radius, IReadOnlyList<Vector2> section, int segments = 72)
    {
        var rows = new List<Vector3[]>(segments);
        for (var i = 0; i < segments; i++)
        {
            var d = Outline2.Turn(i * 2 * MathF.PI / segments);
            rows.Add([.. section.Select(s => new Vector3(d.X * (radius + s.X), s.Y, d.Y * (radius + s.X)))]);
        }

        return Patch.Grid(rows, closeRows: true, closeColumns: true);
    }

    public static Mesh Wire(float radius, float wire, int segments = 36) => Ring(radius, Outline2.Circle(wire, 10), segments);

    /// <summary>A plate of the given outline (x, z) and half height (y), star-shaped around its middle, with rounded edges.</summary>
    /// <param name="bevel">Radius of the edge, below the half height.</param>
    /// <param name="dome">How much the top rises in the middle.</param>
    public static Mesh Plate(IReadOnlyList<Vector2> outline, float halfHeight, float bevel, float dome = 0)
    {
        var reach = outline.Max(p => p.Length());
        Vector3[] Row(float inset, float y, float centre)
            => [.. outline.Select(p => p * (1 - MathF.Min(0.95f, inset / reach)) * centre).Select(p => new Vector3(p.X, y, -p.Y))];
        float Top(float share) => halfHeight + dome * (1 - share * share);

        // Rows close to the rim's inner edge keep smoothing off the flat face.
        var b = bevel;
        var rows = new List<Vector3[]> { Row(0, -halfHeight, 0), Row(b * 1.15f, -halfHeight, 1), Row(b, -halfHeight, 1) };
        for (var i = 1; i < 4; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.PI / 8);
            rows.Add(Row(b * (1 - sin), -halfHeight + b * (1 - cos), 1));
        }

        rows.Add(Row(0, -halfHeight + b, 1));
        rows.Add(Row(0, halfHeight - b, 1));
        for (var i = 3; i > 0; i--)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.PI / 8);
            rows.Add(Row(b * (1 - sin), halfHeight - b * (1 - cos), 1));
        }

        rows.Add(Row(b, halfHeight, 1));
        rows.Add(Row(b * 1.15f, halfHeight + dome * 0.02f, 1));
        for (var i = 7; i >= 0; i--) rows.Add(Row(b * 1.15f, Top(i / 8f), i / 8f));
        return Patch.Grid(rows, closeColumns: true);
    }

    public static Mesh Disc(float radius, float halfHeight, float bevel, float dome = 0, int points = 56) =>
        Plate(Outline2.Circle(radius, points), halfHeight, bevel, dome);

    /// <summary>A box with rounded edges, given by half sizes.</summary>
    public static Mesh Box(Vector3 half, float bevel) =>
        Plate(Outline2.RoundedBox(half.X, half.Z, MathF.Min(bevel, MathF.Min(half.X, half.Z) * 0.98f), 4), half.Y, MathF.Min(bevel, half.Y * 0.9f));
}
