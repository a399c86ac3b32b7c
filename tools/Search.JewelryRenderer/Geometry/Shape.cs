using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>A surface in its own coordinates. Immutable, so one shape may be placed many times and traced from many threads.</summary>
internal abstract class Shape
{
    public abstract Bounds Bounds { get; }

    /// <summary>Points whose hull is (nearly) the hull of the shape: enough to frame it and to rest it on a table.</summary>
    public abstract ReadOnlySpan<Vector3> Outline { get; }

    /// <summary>Finds the nearest crossing with distance in (tMin, tMax), in multiples of the ray's direction.</summary>
    /// <param name="normal">The shading normal there, of unit length; it may point to either side of an open surface.</param>
    public abstract bool Intersect(in Ray ray, float tMin, float tMax, out float t, out Vector3 normal);
}
