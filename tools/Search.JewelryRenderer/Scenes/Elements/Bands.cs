using System.Numerics;
using Search.JewelryRenderer.Geometry;

namespace Search.JewelryRenderer.Scenes.Elements;

/// <summary>Bands around the z axis, standing like a ring on a table: angle π/2 is the top.</summary>
internal static class Bands
{
    /// <param name="radius">Inner radius in centimetres.</param>
    /// <param name="section">x outwards, y along the axis.</param>
    /// <param name="widen">Factor on the section at each angle.</param>
    /// <param name="drift">Shift along the axis at each angle, for waves and bypasses.</param>
    public static Mesh Shank(float radius, IReadOnlyList<Vector2> section, Func<float, Vector2>? widen = null, Func<float, float>? drift = null, int segments = 96)
    {
        var rows = new List<Vector3[]>(segments);
        for (var i = 0; i < segments; i++)
        {
            var angle = i * 2 * MathF.PI / segments;
            var d = Outline2.Turn(angle);
            var k = widen?.Invoke(angle) ?? Vector2.One;
            var z = drift?.Invoke(angle) ?? 0;
            rows.Add([.. section.Select(s => new Vector3(d.X * (radius + s.X * k.X), d.Y * (radius + s.X * k.X), s.Y * k.Y + z))]);
        }

        return Patch.Grid(rows, closeRows: true, closeColumns: true);
    }

    /// <summary>1 at the top of the ring, 0 at the bottom.</summary>
    public static float Height(float angle) => 0.5f + 0.5f * MathF.Sin(angle);

    /// <summary>A place on the outside of a standing band, local y outwards and local x along the band.</summary>
    public static Matrix4x4 On(float radius, float angleFromTop, float z = 0)
    {
        var (sin, cos) = MathF.SinCos(angleFromTop);
        var up = new Vector3(sin, cos, 0);
        return Placement.Facing(up * radius + new Vector3(0, 0, z), up, Vector3.UnitZ);
    }
}
