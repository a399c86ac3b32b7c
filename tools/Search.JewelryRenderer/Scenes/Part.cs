using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;

namespace Search.JewelryRenderer.Scenes;

/// <summary>A shape made of a material at a place.</summary>
internal sealed class Part
{
    private readonly Matrix4x4 _normalToWorld;

    public Part(Shape shape, Material material, Matrix4x4 placement)
    {
        (Shape, Material, Placement) = (shape, material, placement);
        if (!Matrix4x4.Invert(placement, out var inverse)) throw new ArgumentException("A placement must be invertible.", nameof(placement));
        ToLocal = inverse;
        _normalToWorld = Matrix4x4.Transpose(inverse);
        Bounds = shape.Bounds.Transform(placement);
    }

    public Shape Shape { get; }

    public Material Material { get; }

    public Matrix4x4 Placement { get; }

    public Matrix4x4 ToLocal { get; }

    public Bounds Bounds { get; }

    public bool Intersect(in Ray ray, float tMin, float tMax, out float t, out Vector3 normal)
    {
        var local = new Ray(Vector3.Transform(ray.Origin, ToLocal), Vector3.TransformNormal(ray.Direction, ToLocal));
        if (!Shape.Intersect(local, tMin, tMax, out t, out normal)) return false;
        normal = NormalToWorld(normal);
        return true;
    }

    public Vector3 NormalToWorld(Vector3 normal) => Vector3.Normalize(Vector3.TransformNormal(normal, _normalToWorld));

    public Part Moved(in Matrix4x4 by) => new(Shape, Material, Placement * by);
}
