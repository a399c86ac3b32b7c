using System.Numerics;
using System.Runtime.Intrinsics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>A convex stone as an intersection of half spaces, table towards +y, girdle at y = 0.</summary>
internal sealed class FacetedGem : Shape
{
    private const int Lanes = 8;
    private readonly Vector3[] _normals;
    private readonly float[] _offsets;
    private readonly float[] _x, _y, _z, _d;
    private readonly Vector3[] _outline;

    /// <param name="facets">Outward unit normal and distance from the origin of each facet.</param>
    /// <param name="outline">Points whose hull contains the stone.</param>
    public FacetedGem(IReadOnlyList<Plane> facets, Vector3[] outline)
    {
        var padded = (facets.Count + Lanes - 1) / Lanes * Lanes;
        _normals = [.. facets.Select(f => f.Normal)];
        _offsets = [.. facets.Select(f => f.D)];
        (_x, _y, _z, _d) = (new float[padded], new float[padded], new float[padded], new float[padded]);
        for (var i = 0; i < padded; i++)
        {
            // Padding repeats the first facet: it can never change a minimum or maximum.
            var f = facets[i < facets.Count ? i : 0];
            (_x[i], _y[i], _z[i], _d[i]) = (f.Normal.X, f.Normal.Y, f.Normal.Z, f.D);
        }

        _outline = outline;
        Bounds = Bounds.Of(outline).Grow(1e-3f);
        Width = Bounds.Size.Z;
    }

    public override Bounds Bounds { get; }

    public override ReadOnlySpan<Vector3> Outline => _outline;

    public int FacetCount => _normals.Length;

    /// <summary>The narrower girdle diameter: the length that colour is measured against.</summary>
    public float Width { get; }

    public override bool Intersect(in Ray ray, float tMin, float tMax, out float t, out Vector3 normal)
    {
        t = 0;
        normal = default;
        var enter = float.NegativeInfinity;
        var leave = float.PositiveInfinity;
        var facet = -1;
        var (ox, oy, oz) = Spread(ray.Origin);
        var (dx, dy, dz) = Spread(ray.Direction);
        for (var i = 0; i < _d.Length; i += Lanes)
        {
            var (nx, ny, nz) = (Vector256.Create(_x, i), Vector256.Create(_y, i), Vector256.Create(_z, i));
            var facing = nx * dx + ny * dy + nz * dz;
            var gap = Vector256.Create(_d, i) - (nx * ox + ny * oy + nz * oz);
            var q = gap / facing;
            for (var k = 0; k < Lanes; k++)
            {
                var f = facing[k];
                if (f < 0)
                {
                    if (q[k] > enter) (enter, facet) = (q[k], i + k);
                }
                else if (f > 0)
                {
                    if (q[k] < leave) leave = q[k];
                }
                else if (gap[k] < 0)
                {
                    return false;
                }
            }

            if (enter > leave) return false;
        }

        if (facet < 0 || enter <= tMin || enter >= tMax) return false;
        t = enter;
        normal = _normals[facet < _normals.Length ? facet : 0];
        return true;
    }

    /// <summary>From a point inside: the facet the ray leaves through.</summary>
    public bool Leave(Vector3 origin, Vector3 direction, out float t, out Vector3 normal)
    {
        var (ox, oy, oz) = Spread(origin);
        var (dx, dy, dz) = Spread(direction);
        var best = Vector256.Create(float.PositiveInfinity);
        var which = Vector256<int>.Zero;
        var index = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
        for (var i = 0; i < _d.Length; i += Lanes)
        {
            var (nx, ny, nz) = (Vector256.Create(_x, i), Vector256.Create(_y, i), Vector256.Create(_z, i));
            var facing = nx * dx + ny * dy + nz * dz;
            var q = (Vector256.Create(_d, i) - (nx * ox + ny * oy + nz * oz)) / facing;
            var closer = Vector256.GreaterThan(facing, Vector256.Create(1e-7f)) & Vector256.LessThan(q, best);
            best = Vector256.ConditionalSelect(closer, q, best);
            which = Vector256.ConditionalSelect(closer.AsInt32(), index + Vector256.Create(i), which);
        }

        (t, normal) = (float.PositiveInfinity, default);
        for (var k = 0; k < Lanes; k++)
        {
            if (best[k] >= t) continue;
            t = best[k];
            normal = _normals[which[k] < _normals.Length ? which[k] : 0];
        }

        t = MathF.Max(t, 0);
        return normal != default;
    }

    /// <summary>Signed distance to the furthest facet plane: negative inside. The slow twin that judges the SIMD paths.</summary>
    public float Depth(Vector3 point)
    {
        var depth = float.NegativeInfinity;
        for (var i = 0; i < _normals.Length; i++) depth = MathF.Max(depth, Vector3.Dot(_normals[i], point) - _offsets[i]);
        return depth;
    }

    private static (Vector256<float> X, Vector256<float> Y, Vector256<float> Z) Spread(Vector3 v) =>
        (Vector256.Create(v.X), Vector256.Create(v.Y), Vector256.Create(v.Z));
}
