using System.Numerics;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Rendering;

/// <summary>Where a ray met something.</summary>
/// <param name="Point">World position.</param>
/// <param name="Normal">Unit shading normal, turned towards the viewer.</param>
/// <param name="Direction">Unit direction the ray travelled in.</param>
/// <param name="Part">What it met; null for the floor.</param>
internal readonly record struct Surface(Vector3 Point, Vector3 Normal, Vector3 Direction, Part? Part)
{
    public float Cosine => MathF.Max(1e-3f, -Vector3.Dot(Normal, Direction));

    /// <summary>The point in the part's own coordinates: patterns move with the piece.</summary>
    public Vector3 LocalPoint => Part is null ? Point : Vector3.Transform(Point, Part.ToLocal);

    /// <summary>Bends the normal by a tilt given in world directions, keeping it on the viewer's side.</summary>
    public Surface Tilted(Vector3 tilt)
    {
        var n = Vector3.Normalize(Normal + tilt - Normal * Vector3.Dot(tilt, Normal));
        return Vector3.Dot(n, Direction) < -0.02f ? this with { Normal = n } : this;
    }
}
