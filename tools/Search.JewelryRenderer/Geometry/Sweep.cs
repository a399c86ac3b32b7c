using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>A place on a path: where, which way it runs, and which way is "up" from the surface it lies on.</summary>
internal readonly record struct PathPoint(Vector3 Position, Vector3 Tangent, Vector3 Up)
{
    public Vector3 Side => Vector3.Cross(Up, Tangent);

    /// <summary>Local x along the path, y up, z aside.</summary>
    public Matrix4x4 Frame(float twist = 0)
    {
        var (sin, cos) = MathF.SinCos(twist);
        var up = Up * cos + Side * sin;
        return Placement.Basis(Tangent, up, Vector3.Cross(Tangent, up), Position);
    }
}

/// <summary>Cross sections led along a path.</summary>
internal static class Sweep
{
    /// <summary>Samples a curve with equal steps of its parameter into path points; ups are made square to the tangents.</summary>
    public static PathPoint[] Along(Func<float, Vector3> curve, Func<float, Vector3> up, int count, bool closed)
    {
        var points = new PathPoint[count];
        for (var i = 0; i < count; i++)
        {
            var t = i / (float)(closed ? count : count - 1);


            // An open curve is not asked for points beyond its ends, where its formula may mean nothing.
            const float step = 1e-3f;
            var tangent = closed
                ? Vector3.Normalize(curve(t + step) - curve(t - step))
                : Vector3.Normalize(curve(MathF.Min(1, t + step)) - curve(MathF.Max(0, t - step)));
            var u = up(t);
            points[i] = new PathPoint(curve(t), tangent, Vector3.Normalize(u - tangent * Vector3.Dot(u, tangent)));
        }

        return points;
    }

    /// <param name="section">x aside, y up.</param>
    /// <param name="scale">Width of the section at each share of the path; open ends close themselves where it falls to 0.</param>
    /// <param name="twist">Turn of the section at each share, in radians.</param>
    public static Mesh Tube(
        IReadOnlyList<PathPoint> path, IReadOnlyList<Vector2> section, bool closed, Func<float, float>? scale = null, Func<float, float>? twist = null)
    {
        var rows = new List<Vector3[]>(path.Count);
        for (var i = 0; i < path.Count; i++)
        {
            var share = i / (float)(closed ? path.Count : path.Count - 1);
            var (p, k) = (path[i], scale?.Invoke(share) ?? 1);
            var (sin, cos) = MathF.SinCos(twist?.Invoke(share) ?? 0);
            rows.Add([.. section
                .Select(s => new Vector2(s.X * cos - s.Y * sin, s.X * sin + s.Y * cos) * k)
                .Select(s => p.Position + p.Side * s.X + p.Up * s.Y)]);
        }

        if (!closed)
        {
            rows.Insert(0, [.. section.Select(_ => path[0].Position)]);
            rows.Add([.. section.Select(_ => path[^1].Position)]);
        }

        return Patch.Grid(rows, closed, closeColumns: true);
    }

    /// <summary>Round wire through a curve given over [0, 1].</summary>
    public static Mesh Wire(Func<float, Vector3> curve, float radius, int points, bool closed = false, Func<float, float>? scale = null) =>
        Tube(Along(curve, _ => new Vector3(0.013f, 1, 0.017f), points, closed), Outline2.Circle(radius, 9), closed, scale);
}
