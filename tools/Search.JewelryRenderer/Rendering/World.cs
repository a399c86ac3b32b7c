using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Rendering;

/// <summary>All placed parts under one hierarchy. Safe to trace from many threads.</summary>
internal sealed class World
{
    private readonly Part[] _parts;
    private readonly Bvh _bvh;

    public World(IReadOnlyList<Part> parts)
    {
        _bvh = new Bvh([.. parts.Select(p => p.Bounds)], leafSize: 2);
        _parts = [.. _bvh.Order.Select(i => parts[i])];
    }

    public bool Nearest(in Ray ray, float tMin, ref float tMax, out Part part, out Vector3 normal)
    {
        var leaf = new NearestLeaf { Parts = _parts };
        _bvh.Walk(ray, tMin, ref tMax, ref leaf);
        (part, normal) = (leaf.Part!, leaf.Normal);
        return leaf.Part is not null;
    }

    /// <summary>How much light passes along a ray: zero behind metal, tinted behind a stone.</summary>
    public Vector3 Transmittance(in Ray ray, float tMin)
    {
        var leaf = new ShadowLeaf { Parts = _parts, Passing = Vector3.One };
        var tMax = float.PositiveInfinity;
        _bvh.Walk(ray, tMin, ref tMax, ref leaf);
        return leaf.Passing;
    }

    private struct NearestLeaf : IBvhLeaf
    {
        public Part[] Parts;
        public Part? Part;
        public Vector3 Normal;

        public bool Visit(int item, in Ray ray, float tMin, ref float tMax)
        {
            if (Parts[item].Intersect(ray, tMin, tMax, out var t, out var normal)) (Part, Normal, tMax) = (Parts[item], normal, t);
            return false;
        }
    }

    private struct ShadowLeaf : IBvhLeaf
    {
        public Part[] Parts;
        public Vector3 Passing;

        public bool Visit(int item, in Ray ray, float tMin, ref float tMax)
        {
            if (!Parts[item].Intersect(ray, tMin, tMax, out _, out _)) return false;
            Passing *= Parts[item].Material.Transmission;
            return Passing.LengthSquared() < 1e-4f;
        }
    }
}
