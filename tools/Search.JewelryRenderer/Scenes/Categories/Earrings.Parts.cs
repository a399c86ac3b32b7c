using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Fittings and the larger designs.</summary>
internal sealed partial class Earrings
{
    private static void Post(Assembly a, Material metal, float behind) =>
        a.Add(Sweep.Wire(t => new Vector3(0, 0, -behind * 0.7f - t * 0.75f), 0.035f, 6), metal);

    /// <summary>A shepherd's hook whose low end is at the origin.</summary>
    private static void Hook(Assembly a, Material metal)
    {
        a.Add(Sweep.Wire(
            t =>
            {
                var angle = MathF.PI * (1.25f * t - 0.15f);
                return new Vector3(0, 0.52f + 0.3f * MathF.Sin(angle) - (t < 0.12f ? (0.12f - t) * 3.4f : 0) - MathF.Max(0, t - 0.85f) * 2.2f, 0.3f * MathF.Cos(angle) - 0.3f);
            },
            0.036f, 40), metal);
        a.Add(Solid.Wire(0.075f, 0.022f, 20), metal, Hanging.Loop(0, -0.02f));
        Settings.Bead(a, metal, 0.07f, Placement.At(0, 0.12f, 0));
    }

    private static float Links(Assembly a, Material metal, float y, int count, float x = 0)
    {
        for (var i = 0; i < count; i++)
        {
            a.Add(Solid.Wire(0.075f, 0.02f, 20), metal, i % 2 == 0 ? Hanging.SideLoop(x, y) : Hanging.Loop(x, y));
            y -= 0.11f;
        }

        return y;
    }

    private static void Hoop(Assembly a, Form f, Material metal)
    {
        var section = f.Flat ? Outline2.RoundedBox(f.Thick * 0.5f, f.Thick * 1.7f, f.Thick * 0.3f) : Outline2.Circle(f.Thick, 16);
        var shank = f.Twisted
            ? Bands.Shank(f.Radius, Outline2.Circle(f.Thick, 12), angle => Vector2.One * (0.85f + 0.3f * MathF.Abs(MathF.Sin(angle * 14))), segments: 220)
            : Bands.Shank(f.Radius, section, angle => f.Tapered ? Vector2.One * (1.5f - 1.0f * Bands.Height(angle)) : Vector2.One);
        a.Add(shank, metal, Placement.TurnY(MathF.PI / 2 - 0.35f) * Placement.At(0, -f.Radius, 0));
    }

    private static void Blossom(Assembly a, Design d, Form f, Material metal, float r)
    {
        for (var i = 0; i < f.Petals; i++)
        {
            var angle = i * 2 * MathF.PI / f.Petals + MathF.PI / 2;
            var reach = MathF.Max(r * 1.7f, r * 1.02f / MathF.Sin(MathF.PI / f.Petals));
            var p = Outline2.Turn(angle) * reach;
            if (d.Cut == GemCut.Pear) Settings.Claws(a, d.Stone!, d.Cut, r * 0.8f, metal, Placement.TurnY(angle + MathF.PI) * Hanging.Front(p.X, p.Y), 3);
            else Settings.Claws(a, d.Stone!, d.Cut, r, metal, Hanging.Front(p.X, p.Y), 4);
        }

        Settings.Claws(a, f.Coloured ? Diamond : d.Stone == Ruby ? Diamond : Citrine, GemCut.Round, r * 0.85f, metal, Hanging.Front(0, 0, 0.08f), 4);
    }

    private static void Chandelier(Assembly a, Design d, Form f, Material metal, float r)
    {
        Hook(a, metal);
        Settings.Bezel(a, Diamond, GemCut.Round, 0.16f, metal, Hanging.Front(0, -0.28f));
        var width = 0.75f + 0.35f * f.Share;
        Vector3 Arch(float t) => new((t * 2 - 1) * width, -1.25f + (1 - MathF.Pow(MathF.Abs(t * 2 - 1), 2)) * 0.75f, 0);
        a.Add(Sweep.Wire(Arch, 0.045f, 40), metal);
        a.Add(Sweep.Wire(t => new Vector3((t * 2 - 1) * width, -1.25f - (1 - MathF.Pow(t * 2 - 1, 2)) * 0.16f, 0), 0.035f, 30), metal);
        var drops = f.Petals;
        for (var i = 0; i < drops; i++)
        {
            var t = i / (drops - 1f);
            var at = Arch(t);
            var middle = 1 - MathF.Abs(t * 2 - 1);
            var y = -1.3f - 0.14f * (1 - MathF.Pow(t * 2 - 1, 2));
            Settings.Bead(a, metal, 0.06f, Placement.At(at.X, at.Y, 0.02f));
            y = Links(a, metal, y - 0.05f, 2 + (int)(2 * middle), at.X);
            var size = r * (0.6f + 0.35f * middle);
            Settings.Bezel(a, d.Stone!, d.Cut, size, metal, Hanging.Front(at.X, y - size * d.Cut.HalfLength, 0, Hanging.Upright));
            foreach (var part in (float[])[0.3f, 0.62f])
                if (i > 0 && i < drops - 1) Settings.Melee(a, Diamond, 0.075f, metal, Hanging.Front(at.X, at.Y * part + y * (1 - part) - 0.1f, 0.03f));
        }
    }

    private static void Geometric(Assembly a, Form f, Material metal)
    {
        Hook(a, metal);
        var size = 0.65f + 0.45f * f.Share;
        var outline = f.Figure switch
        {
            "triangle" => Outline2.Regular(3, size, MathF.PI / 2),
            "hexagon" => Outline2.Regular(6, size, MathF.PI / 6),
            "square" => Outline2.Regular(4, size, 0),
            "teardrop" => Outline2.Pear(size * 1.2f, size * 0.7f, 48).Select(p => new Vector2(-p.Y, p.X)).ToArray(),
            _ => Outline2.Circle(size, 48),
        };
        for (var ring = 0; ring < (f.Coloured ? 2 : 1); ring++)
        {
            var scaled = outline.Select(p => p * (1 - ring * 0.42f)).ToArray();
            var top = scaled.Max(p => p.Y);
            var points = Outline2.Spaced(scaled, 120).Select(q => q.Point).ToArray();
            var rows = points.Select((p, i) =>
            {
                var outward = Vector2.Normalize(p);
                return Outline2.RoundedBox(f.Thick * 0.6f, f.Thick * 0.9f, f.Thick * 0.4f, 3)
                    .Select(s => new Vector3(p.X + outward.X * s.X, p.Y - top - 0.12f + outward.Y * s.X, s.Y)).ToArray();
            }).ToList();
            a.Add(Patch.Grid(rows, closeRows: true, closeColumns: true), metal);
        }
    }
}
