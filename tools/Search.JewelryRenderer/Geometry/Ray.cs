using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>A half line. The direction need not be of unit length, so that distances survive affine placements.</summary>
internal readonly struct Ray(Vector3 origin, Vector3 direction)
{
    public readonly Vector3 Origin = origin;
    public readonly Vector3 Direction = direction;

    /// <summary>Reciprocal of the direction, for slab tests; infinite where a component is zero.</summary>
    public readonly Vector3 Inverse = Vector3.One / direction;

    public Vector3 At(float t) => Origin + Direction * t;
}
