using System.Numerics;
using System.Runtime.CompilerServices;

namespace Search.JewelryRenderer.Geometry;

/// <summary>One triangle with a normal at each corner (Möller and Trumbore 1997).</summary>
internal readonly struct Triangle(Vector3 a, Vector3 b, Vector3 c, Vector3 na, Vector3 nb, Vector3 nc)
{
    private readonly Vector3 _corner = a;
    private readonly Vector3 _edge1 = b - a;
    private readonly Vector3 _edge2 = c - a;
    private readonly Vector3 _na = na;
    private readonly Vector3 _nb = nb;
    private readonly Vector3 _nc = nc;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Intersect(in Ray ray, float tMin, ref float tMax, out float u, out float v)
    {
        u = v = 0;
        var p = Vector3.Cross(ray.Direction, _edge2);
        var det = Vector3.Dot(_edge1, p);
        if (det == 0) return false;
        var inv = 1 / det;
        var s = ray.Origin - _corner;
        u = Vector3.Dot(s, p) * inv;
        if (u < 0 || u > 1) return false;
        var q = Vector3.Cross(s, _edge1);
        v = Vector3.Dot(ray.Direction, q) * inv;
        if (v < 0 || u + v > 1) return false;
        var t = Vector3.Dot(_edge2, q) * inv;
        if (!(t > tMin && t < tMax)) return false;
        tMax = t;
        return true;
    }

    public Vector3 NormalAt(float u, float v)
    {
        var n = _na * (1 - u - v) + _nb * u + _nc * v;
        var length = n.Length();
        return length > 1e-8f ? n / length : Vector3.Normalize(Vector3.Cross(_edge1, _edge2));
    }
}
