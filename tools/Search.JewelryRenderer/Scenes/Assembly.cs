using System.Collections;
using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;

namespace Search.JewelryRenderer.Scenes;

/// <summary>Parts that move together. Lengths are centimetres, so that wood grain and chain links keep their true sizes.</summary>
internal sealed class Assembly : IEnumerable<Part>
{
    private readonly List<Part> _parts = [];

    public IReadOnlyList<Part> Parts => _parts;

    public void Add(Shape shape, Material material, in Matrix4x4 placement) => _parts.Add(new Part(shape, material, placement));

    public void Add(Shape shape, Material material) => Add(shape, material, Matrix4x4.Identity);

    public void Add(Assembly other, in Matrix4x4 placement)
    {
        foreach (var p in other._parts) _parts.Add(p.Moved(placement));
    }

    public void Add(Assembly other) => _parts.AddRange(other._parts);

    public Assembly Moved(in Matrix4x4 by)
    {
        var moved = new Assembly();
        moved.Add(this, by);
        return moved;
    }

    /// <summary>Lowers or lifts everything until the lowest point touches y = height.</summary>
    public Assembly RestingAt(float height) => Moved(Placement.At(0, height - Extent.Low.Y, 0));

    /// <summary>The box around the outline points: tighter than the union of the parts' boxes.</summary>
    public Bounds Extent
    {
        get
        {
            var box = Bounds.Empty;
            foreach (var point in OutlinePoints()) box = box.Include(point);
            return box;
        }
    }

    public IEnumerable<Vector3> OutlinePoints()
    {
        foreach (var part in _parts)
        {
            for (var i = 0; i < part.Shape.Outline.Length; i++)
                yield return Vector3.Transform(part.Shape.Outline[i], part.Placement);
        }
    }

    public IEnumerator<Part> GetEnumerator() => _parts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
