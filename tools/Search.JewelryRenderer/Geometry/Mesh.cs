using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>A triangle mesh with smooth normals and its own hierarchy.</summary>
internal sealed class Mesh : Shape
{
    private readonly Vector3[] _outline;
    private readonly Triangle[] _triangles;
    private readonly Bvh _bvh;

    /// <param name="positions">One point a vertex.</param>
    /// <param name="normals">One unit normal a vertex.</param>
    /// <param name="indices">Three vertex numbers a triangle.</param>
    public Mesh(Vector3[] positions, Vector3[] normals, ReadOnlySpan<int> indices)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(normals.Length, positions.Length, nameof(normals));
        ArgumentOutOfRangeException.ThrowIfNotEqual(indices.Length % 3, 0, nameof(indices));
        _outline = positions;
        Bounds = Bounds.Of(positions);
        foreach (var p in positions)
            if (!float.IsFinite(p.X + p.Y + p.Z)) throw new ArgumentException($"A vertex is at {p}.", nameof(positions));
        var triangles = new Triangle[indices.Length / 3];
        var boxes = new Bounds[triangles.Length];
        for (var i = 0; i < triangles.Length; i++)
        {
            var (a, b, c) = (indices[3 * i], indices[3 * i + 1], indices[3 * i + 2]);
            triangles[i] = new Triangle(positions[a], positions[b], positions[c], normals[a], normals[b], normals[c]);
            boxes[i] = Bounds.Of([positions[a], positions[b], positions[c]]);
        }

        _bvh = new Bvh(boxes, leafSize: 4);
        _triangles = [.. _bvh.Order.Select(i => triangles[i])];
    }

    public override Bounds Bounds { get; }

    public override ReadOnlySpan<Vector3> Outline => _outline;

    public int TriangleCount => _triangles.Length;

    public override bool Intersect(in Ray ray, float tMin, float tMax, out float t, out Vector3 normal)
    {
        var leaf = new Leaf { Triangles = _triangles, Hit = -1 };
        t = tMax;
        _bvh.Walk(ray, tMin, ref t, ref leaf);
        normal = leaf.Hit >= 0 ? _triangles[leaf.Hit].NormalAt(leaf.U, leaf.V) : default;
        return leaf.Hit >= 0;
    }

    /// <summary>The slow twin of <see cref="Intersect"/>: every triangle, in no order.</summary>
    public bool IntersectLinear(in Ray ray, float tMin, float tMax, out float t)
    {
        var leaf = new Leaf { Triangles = _triangles, Hit = -1 };
        t = tMax;
        for (var i = 0; i < _triangles.Length; i++) leaf.Visit(i, ray, tMin, ref t);
        return leaf.Hit >= 0;
    }

    private struct Leaf : IBvhLeaf
    {
        public Triangle[] Triangles;
        public int Hit;
        public float U, V;

        public bool Visit(int item, in Ray ray, float tMin, ref float tMax)
        {
            if (Triangles[item].Intersect(ray, tMin, ref tMax, out var u, out var v)) (Hit, U, V) = (item, u, v);
            return false;
        }
    }
}
