using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;

namespace Search.JewelryRenderer.Scenes.Elements;

/// <summary>How stones are held. Local coordinates: girdle at the origin, table towards +y, length along x.</summary>
internal static class Settings
{
    private static readonly Mesh Prong = Solid.Lathe([new(0, -1), new(0.75f, -0.98f), new(0.8f, 0.55f), new(1.15f, 0.8f), new(1f, 1.05f), new(0, 1.2f)], 10);
    private static readonly Mesh Seat = Solid.Wire(1, 0.11f, 28);
    private static readonly Mesh Collet = Solid.Ring(1.02f, Outline2.RoundedBox(0.1f, 0.24f, 0.06f, 3), 28);

    /// <summary>The stone alone: faceted, a bead for pearls, or a domed cabochon of the cut's outline.</summary>
    public static void Stone(Assembly into, StoneKind stone, GemCut cut, float radius, in Matrix4x4 at)
    {
        if (stone.IsFaceted) into.Add(cut.Unit, stone.Material, Placement.Scale(radius, radius, radius) * at);
        else if (stone.Material is Nacre) Bead(into, stone.Material, radius, Placement.At(0, radius * 0.35f, 0) * at);
        else into.Add(Solid.Plate(cut.Girdle, 0.16f, 0.12f, 0.42f), stone.Material, Placement.Scale(radius, radius, radius) * at);
    }

    public static void Bead(Assembly into, Material material, float radius, in Matrix4x4 at) =>
        into.Add(Sphere.Unit, material, Placement.Scale(radius, radius, radius) * at);

    /// <summary>Claws around the girdle, joined below by a ring of wire.</summary>
    public static void Claws(Assembly into, StoneKind stone, GemCut cut, float radius, Material metal, in Matrix4x4 at, int claws, float depth = 0.85f)
    {
        Stone(into, stone, cut, radius, at);
        if (stone.Material is Nacre)
        {
            // Pearls are drilled and sit in a cup.
            into.Add(Solid.Lathe([new(0, -0.75f), new(0.32f, -0.72f), new(0.52f, -0.52f), new(0.56f, -0.42f), new(0.48f, -0.44f), new(0, -0.6f)], 24),
                metal, Placement.Scale(radius, radius, radius) * at);
            return;
        }

        foreach (var (p, out2) in Outline2.Spaced(Rotated(cut.Girdle, claws), claws, 0.02f))
        {
            var top = new Vector3(p.X, 0.16f, p.Y) * radius;
            var foot = new Vector3(p.X * 0.5f, -depth, p.Y * 0.5f) * radius;
            var lean = Placement.Facing((top + foot) / 2, top - foot);
            var half = Vector3.Distance(top, foot) / 2;
            var thick = MathF.Max(0.028f, radius * 0.09f);
            into.Add(Prong, metal, Placement.Scale(thick, half, thick) * lean * at);
        }

        var (sx, sz) = (cut.HalfLength * 0.68f * radius, cut.HalfWidth * 0.68f * radius);
        into.Add(Seat, metal, Placement.Scale(sx, MathF.Min(sx, sz), sz) * Placement.At(0, -0.5f * radius, 0) * at);
    }

    /// <summary>A rim of metal all around.</summary>
    public static void Bezel(Assembly into, StoneKind stone, GemCut cut, float radius, Material metal, in Matrix4x4 at, float wall = 0.14f)
    {
        Stone(into, stone, cut, radius, at);
        if (stone.Material is Nacre) return;
        var path = Outline2.Spaced(cut.Girdle, 64, wall * 0.45f);
        var rows = path.Select(q => Outline2.RoundedBox(wall / 2, 0.3f, wall * 0.4f, 3)
            .Select(s => new Vector3(q.Point.X + q.Outward.X * s.X, s.Y - 0.1f, q.Point.Y + q.Outward.Y * s.X)).ToArray()).ToList();
        into.Add(Patch.Grid(rows, closeRows: true, closeColumns: true), metal, Placement.Scale(radius, radius, radius) * at);
        into.Add(Solid.Plate(cut.Girdle, 0.08f, 0.05f), metal, Placement.Scale(radius, radius, radius) * Placement.At(0, -0.5f * radius, 0) * at);
    }

    /// <summary>A small stone in its collet.</summary>
    public static void Melee(Assembly into, StoneKind stone, float radius, Material metal, in Matrix4x4 at)
    {
        Stone(into, stone, GemCut.Melee, radius, stone.Material is Nacre ? Placement.At(0, radius * 0.3f, 0) * at : at);
        into.Add(Collet, metal, Placement.Scale(radius, radius, radius) * Placement.At(0, -0.16f * radius, 0) * at);
    }

    /// <summary>A ring of small stones around a larger one.</summary>
    /// <param name="gap">Distance from the girdle to the middle of the small stones.</param>
    public static void Halo(Assembly into, StoneKind stone, GemCut cut, float radius, float melee, Material metal, in Matrix4x4 at, float gap = 0)
    {
        var offset = gap > 0 ? gap : melee * 1.35f + radius * 0.06f;
        var outline = cut.Girdle.Select(p => p * radius).ToArray();
        var ring = Outline2.Spaced(outline, 96, offset).Select(q => q.Point).ToArray();
        var length = ring.Select((p, i) => Vector2.Distance(p, ring[(i + 1) % ring.Length])).Sum();
        var count = Math.Max(6, (int)(length / (melee * 2.25f)));
        foreach (var (p, _) in Outline2.Spaced(ring, count))
            Melee(into, stone, melee, metal, Placement.At(p.X, -0.05f * radius, p.Y) * at);
        into.Add(Solid.Plate(Outline2.Spaced(outline, 64, offset + melee * 0.9f).Select(q => q.Point).ToArray(), melee * 0.35f, melee * 0.2f),
            metal, Placement.At(0, -0.05f * radius - melee * 0.75f, 0) * at);
    }

    /// <summary>Starts the claws between the outline's tips, where a jeweller sets them, except where a stone has corners to protect.</summary>
    private static Vector2[] Rotated(Vector2[] girdle, int claws)
    {
        if (girdle.Length <= 8)
        {
            var corner = girdle.Length == 4 ? 0 : 1;
            return [.. girdle.Skip(corner), .. girdle.Take(corner)];
        }

        var shift = girdle.Length / claws / 2;
        return [.. girdle.Skip(shift), .. girdle.Take(shift)];
    }
}
