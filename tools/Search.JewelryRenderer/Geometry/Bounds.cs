using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>Axis-aligned box.</summary>
internal readonly record struct Bounds(Vector3 Low, Vector3 High)
{
    public static readonly Bounds Empty = new(new Vector3(float.PositiveInfinity), new Vector3(float.NegativeInfinity));

    public Vector3 Centre => (Low + High) / 2;

    public Vector3 Size => High - Low;

    public float HalfArea
    {
        get
        {
            var s = Vector3.Max(Size, Vector3.Zero);
            return s.X * s.Y + s.Y * s.Z + s.Z * s.X;
        }
    }

    public Bounds Include(Vector3 point) => new(Vector3.Min(Low, point), Vector3.Max(High, point));

    public Bounds Include(Bounds other) => new(Vector3.Min(Low, other.Low), Vector3.Max(High, other.High));

    public Bounds Grow(float margin) => new(Low - new Vector3(margin), High + new Vector3(margin));

    /// <summary>The box around this box after an affine placement.</summary>
    public Bounds Transform(in Matrix4x4 placement)
    {
        var centre = Vector3.Transform(Centre, placement);
        var half = Size / 2;
        var reach = Vector3.Abs(Vector3.TransformNormal(new Vector3(half.X, 0, 0), placement))
            + Vector3.Abs(Vector3.TransformNormal(new Vector3(0, half.Y, 0), placement))
            + Vector3.Abs(Vector3.TransformNormal(new Vector3(0, 0, half.Z), placement));
        return new Bounds(centre - reach, centre + reach);
    }

    public static Bounds Of(ReadOnlySpan<Vector3> points)
    {
        var box = Empty;
        foreach (var p in points) box = box.Include(p);
        return box;
    }
}
