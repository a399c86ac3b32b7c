using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Elements;

/// <summary>What hangs from a chain. Each drop hangs from its bail at the origin, front towards +z; sizes in centimetres.</summary>
internal static class Drops
{
    /// <summary>The loop that joins a drop to its chain; its bottom is where the drop begins.</summary>
    public static float Bail(Assembly a, Material metal, float size)
    {
        a.Add(Solid.Ring(size, Outline2.RoundedBox(size * 0.2f, size * 0.42f, size * 0.15f, 3), 28), metal, Hanging.SideLoop(0, 0));
        a.Add(Solid.Wire(size * 0.5f, size * 0.15f, 20), metal, Hanging.Loop(0, -size * 1.35f));
        return -size * 1.75f;
    }

    public static void Solitaire(Assembly a, Design d, Material metal, float y, bool halo, bool bezel, float melee)
    {
        var r = d.StoneRadius;
        var at = Hanging.Front(0, y - r * d.Cut.HalfLength - (halo ? melee * 2.3f : 0), 0, Hanging.Upright);
        if (bezel) Settings.Bezel(a, d.Stone!, d.Cut, r, metal, at);
        else Settings.Claws(a, d.Stone!, d.Cut, r, metal, at, d.Cut == GemCut.Pear ? 5 : 4);
        if (halo) Settings.Halo(a, d.Stone == Diamond ? d.Accent : Diamond, d.Cut, r, melee, metal, at);
    }

    public static void Cross(Assembly a, Design d, Material metal, float y, float size, bool set)
    {
        var (arm, thick) = (size * 0.15f, size * 0.09f);
        a.Add(Solid.Box(new Vector3(arm, thick, size), thick * 0.7f), metal, Hanging.Front(0, y - size));
        a.Add(Solid.Box(new Vector3(size * 0.66f, thick, arm), thick * 0.7f), metal, Hanging.Front(0, y - size * 0.68f));
        if (!set) return;
        for (var i = 0; i < 11; i++) Settings.Melee(a, d.Stone!, arm * 0.72f, metal, Hanging.Front(0, y - size * (0.15f + 0.17f * i), thick * 1.05f));
        for (var i = -3; i <= 3; i++)
            if (i != 0) Settings.Melee(a, d.Stone!, arm * 0.72f, metal, Hanging.Front(i * size * 0.18f, y - size * 0.68f, thick * 1.05f));
    }

    public static void Plate(Assembly a, Material metal, float y, Vector2[] outline, float dome, Action<Matrix4x4>? decorate)
    {
        var top = outline.Max(p => p.Y);
        var at = Hanging.Front(0, y - top);
        a.Add(Solid.Plate(outline, 0.08f, 0.06f, dome), metal, at);
        decorate?.Invoke(Placement.At(0, 0.09f, 0) * at);
    }

    /// <summary>A figure of wire, with small stones along it unless there are none.</summary>
    public static void Open(Assembly a, StoneKind? stones, Material metal, float y, Vector2[] outline, float wire)
    {
        var top = outline.Max(p => p.Y) + wire;
        var spaced = Outline2.Spaced(outline, 120);
        var rows = spaced.Select(q => Outline2.RoundedBox(wire, wire * 0.9f, wire * 0.5f, 3)
            .Select(s => new Vector3(q.Point.X + q.Outward.X * s.X, q.Point.Y - top + y + q.Outward.Y * s.X, s.Y)).ToArray()).ToList();
        a.Add(Patch.Grid(rows, closeRows: true, closeColumns: true), metal);
        if (stones is null) return;
        var length = spaced.Select((q, i) => Vector2.Distance(q.Point, spaced[(i + 1) % spaced.Length].Point)).Sum();
        foreach (var (p, _) in Outline2.Spaced(outline, (int)(length / (wire * 2.1f))))
            Settings.Melee(a, stones, wire * 0.85f, metal, Hanging.Front(p.X, p.Y - top + y, wire * 0.95f));
    }

    /// <summary>A crescent in the x-z plane, open towards +x, thickest in the middle.</summary>
    public static Mesh Crescent(float size) => Sweep.Tube(
        Sweep.Along(
            t =>
            {
                var p = Outline2.Turn(MathF.PI * (0.3f + 1.4f * t)) * size * 0.86f;
                return new Vector3(p.X, 0, -p.Y);
            },
            _ => Vector3.UnitY, 64, false),
        Outline2.RoundedBox(size * 0.24f, size * 0.09f, size * 0.06f, 4), false, t => 0.04f + 0.96f * MathF.Pow(MathF.Max(0, MathF.Sin(MathF.PI * t)), 0.8f));

    public static void Pearl(Assembly a, Design d, Material metal, float y, float radius, float stretch)
    {
        a.Add(Solid.Lathe([new(0, 0.06f), new(0.08f, 0.04f), new(0.17f, -0.06f), new(0.19f, -0.1f), new(0, -0.05f)], 20), metal, Placement.At(0, y, 0));
        a.Add(Sphere.Unit, d.Stone!.Material, Placement.Scale(radius, radius * stretch, radius) * Placement.At(0, y - 0.03f - radius * stretch, 0));
    }

    /// <summary>A ring with branches inside it.</summary>
    public static void Tree(Assembly a, Design d, Material metal, float y, float size)
    {
        var centre = y - size;
        a.Add(Solid.Wire(size, size * 0.075f, 64), metal, Hanging.Loop(0, centre));
        a.Add(Sweep.Wire(t => new Vector3(0.05f * size * MathF.Sin(t * 5), centre - size + t * size * 1.15f, 0), size * 0.085f, 20, false, t => 1.25f - 0.6f * t), metal);
        for (var i = 0; i < 9; i++)
        {
            var spread = (i - 4) / 4f;
            var tip = Outline2.Turn(MathF.PI / 2 - spread * 1.35f) * size * 0.97f;
            var start = -0.25f + 0.1f * MathF.Abs(spread);
            a.Add(Sweep.Wire(
                t => new Vector3(tip.X * MathF.Pow(t, 1.3f), centre + start * size + (tip.Y - start * size) * MathF.Pow(t, 0.8f), 0.02f * MathF.Sin(t * 9 + i)),
                size * 0.045f, 16, false, t => 1.1f - 0.5f * t), metal);
            if (d.Stone is { } stone) Settings.Melee(a, stone, size * 0.085f, metal, Hanging.Front(tip.X * 0.68f, centre + tip.Y * 0.72f + size * 0.03f, 0.06f));
        }
    }

    public static void Key(Assembly a, Design d, Material metal, float y, float size)
    {
        for (var i = 0; i < 3; i++)
        {
            var p = Outline2.Turn(i * 2 * MathF.PI / 3 + MathF.PI / 2) * size * 0.34f;
            a.Add(Solid.Wire(size * 0.26f, size * 0.07f, 36), metal, Hanging.Loop(p.X, y - size * 0.65f + p.Y));
        }

        Settings.Claws(a, d.Stone!, GemCut.Round, size * 0.2f, metal, Hanging.Front(0, y - size * 0.65f, 0.05f), 4, 0.4f);
        a.Add(Sweep.Wire(t => new Vector3(0, y - size * (1.05f + t * 1.5f), 0), size * 0.075f, 8), metal);
        foreach (var (at, length) in (ReadOnlySpan<(float, float)>)[(2.2f, 0.4f), (2.45f, 0.32f)])
            a.Add(Solid.Box(new Vector3(size * length / 2, size * 0.06f, size * 0.07f), size * 0.04f), metal, Hanging.Front(size * length / 2, y - size * at));
    }
}
