using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>The unit sphere; placements scale it into balls, beads, cabochons and ellipsoids.</summary>
internal sealed class Sphere : Shape
{
    public static readonly Sphere Unit = new();

    private static readonly Vector3[] Samples = SamplePoints(200);

    private Sphere()
    {
    }

    public override Bounds Bounds => new(-Vector3.One, Vector3.One);

    public override ReadOnlySpan<Vector3> Outline => Samples;

    public override bool Intersect(in Ray ray, float tMin, float tMax, out float t, out Vector3 normal)
    {
        t = 0;
        normal = default;
        var a = ray.Direction.LengthSquared();
        var b = Vector3.Dot(ray.Origin, ray.Direction);

        // Distance of the centre from the line instead of b*b - a*c: no cancellation for small, far spheres.
        var nearest = ray.Origin - ray.Direction * (b / a);
        var rest = 1 - nearest.LengthSquared();
        if (rest < 0) return false;
        var half = MathF.Sqrt(rest / a);
        t = -b / a - half;
        if (t <= tMin) t = -b / a + half;
        if (t <= tMin || t >= tMax) return false;
        normal = Vector3.Normalize(ray.At(t));
        return true;
    }

    private static Vector3[] SamplePoints(int count)
    {
        var points = new Vector3[count];
        for (var i = 0; i < count; i++)
        {
            var y = 1 - 2f * i / (count - 1);
            var r = MathF.Sqrt(MathF.Max(0, 1 - y * y));
            var (sin, cos) = MathF.SinCos(i * 2.399963f);
            points[i] = new Vector3(r * cos, y, r * sin);
        }

        return points;
    }
}
