using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>One method a motif.</summary>
internal sealed partial class Brooches
{
    private static Mesh Petal(float length, float width, float curl, float cup) => Patch.Surface(15, 18, (u, v) =>
    {
        // A closed lens: v runs over the top from left to right and back below.
        var side = MathF.Cos(v * 2 * MathF.PI);
        var thick = 0.035f * MathF.Sin(v * 2 * MathF.PI);
        var w = width * MathF.Pow(MathF.Sin(MathF.PI * (0.06f + 0.93f * MathF.Pow(u, 0.8f))), 0.75f);
        return new Vector3(side * w, curl * u * u + cup * side * side * w + thick * 2, u * length);
    }, closeColumns: true);

    private static void Flower(Assembly a, Design d, Form f, Material metal, Material satin, float r)
    {
        for (var layer = 0; layer < (f.Open ? 2 : 1); layer++)
        {
            var length = f.Size * (1.05f - 0.35f * layer);
            var petal = Petal(length, length * MathF.Min(0.62f, 2.3f / f.Petals), 0.3f + 0.3f * f.Share, 0.35f);
            for (var i = 0; i < f.Petals; i++)
            {
                var turn = Placement.TurnX(-0.18f - 0.25f * layer) * Placement.At(0, 0.12f + 0.14f * layer, r * 0.5f)
                    * Placement.TurnY((i + 0.5f * layer) * 2 * MathF.PI / f.Petals);
                a.Add(petal, satin, turn);
                if (f.Alternate && layer == 0) Settings.Melee(a, d.Stone!, 0.085f, metal, Placement.At(0, 0.2f + 0.2f * f.Share, length * 0.72f) * turn);
            }
        }

        Settings.Claws(a, d.Stone!, d.Cut, r, metal, Placement.At(0, 0.55f, 0), 6);
        if (!f.Open) Settings.Halo(a, Diamond, d.Cut, r, 0.08f, metal, Placement.At(0, 0.42f, 0));
        if (!f.Stem) return;
        a.Add(Sweep.Wire(t => new Vector3(0.35f * MathF.Sin(t * 2), 0.08f, r + t * f.Size * 2.1f), 0.07f, 24), metal);
        foreach (var side in (int[])[-1, 1])
            a.Add(Petal(f.Size * 0.85f, f.Size * 0.22f, 0.1f, 0.3f), satin, Placement.TurnY(side * 0.9f) * Placement.At(0.3f, 0.08f, f.Size * (1.45f + 0.2f * side)));
    }

    private static void Butterfly(Assembly a, Design d, Form f, Material metal, float r)
    {
        foreach (var side in (int[])[-1, 1])
        {
            foreach (var (angle, size, lift) in (ReadOnlySpan<(float, float, float)>)[(0.75f, 1.1f, 0.22f), (-0.55f, 0.75f, 0.1f)])
            {
                // A wire outline of each wing, filled with stones that grow outwards.
                var wing = Outline2.Pear(f.Size * size * 0.75f, f.Size * size * (0.5f + 0.1f * f.Share), 72).Select(p => new Vector2(f.Size * size * 0.72f - p.X, p.Y)).ToArray();
                var at = Placement.TurnY(angle) * Placement.TurnZ(lift) * Placement.At(0.1f, 0.18f, 0);
                if (side < 0) at *= Matrix4x4.CreateScale(-1, 1, 1);
                a.Add(Patch.Grid([.. wing.Select((p, i) => Rim(wing, i, 0.06f))], true, true), metal, at);
                if (f.Open) a.Add(Solid.Plate([.. Outline2.Spaced(wing.Select(p => p - new Vector2(f.Size * size * 0.7f, 0)).ToArray(), 60).Select(q => q.Point * 0.94f)], 0.02f, 0.015f), metal, Placement.At(f.Size * size * 0.7f, 0, 0) * at);
                Settings.Claws(a, d.Stone!, d.Cut, r * size, metal, Placement.TurnY(MathF.PI) * Placement.At(f.Size * size * 0.85f, 0.12f, 0) * Mirrored(at, side), 4, 0.5f);
                foreach (var (p, _) in Outline2.Spaced([.. wing.Select(q => (q - new Vector2(f.Size * size * 0.7f, 0)) * 0.82f + new Vector2(f.Size * size * 0.7f, 0))], f.Rays))
                    Settings.Melee(a, f.Alternate ? Diamond : d.Stone!, 0.07f, metal, Placement.At(p.X, 0.05f, p.Y) * Mirrored(at, side));
            }

            a.Add(Sweep.Wire(t => new Vector3(side * (0.06f + 0.4f * t * t), 0.28f, -f.Size * (0.55f + 0.55f * t)), 0.028f, 12), metal);
            Settings.Bead(a, metal, 0.06f, Placement.At(side * 0.46f, 0.28f, -f.Size * 1.1f));
        }

        a.Add(Sphere.Unit, metal, Placement.Scale(0.13f, 0.15f, f.Size * 0.62f) * Placement.At(0, 0.25f, 0));
        for (var i = -2; i <= 3; i++) Settings.Melee(a, d.Stone!, 0.085f, metal, Placement.At(0, 0.4f, i * 0.17f * f.Size));
        Settings.Bead(a, metal, 0.14f, Placement.At(0, 0.28f, -f.Size * 0.62f));
    }

    /// <summary>A mirrored wing holds its stones unmirrored: reflecting them once more keeps their placement rigid.</summary>
    private static Matrix4x4 Mirrored(Matrix4x4 at, int side) => side > 0 ? at : Matrix4x4.CreateScale(1, 1, -1) * at;

    private static Vector3[] Rim(Vector2[] outline, int i, float wire)
    {
        var edge = Vector2.Normalize(outline[(i + 1) % outline.Length] - outline[(i + outline.Length - 1) % outline.Length]);
        var outward = new Vector2(edge.Y, -edge.X);
        return [.. Outline2.Circle(wire, 8).Select(s => new Vector3(outline[i].X + outward.X * s.X, s.Y, outline[i].Y + outward.Y * s.X))];
    }

    private static void Leaf(Assembly a, Design d, Form f, Material metal, Material satin)
    {
        var length = f.Size * 2.6f;
        var lobes = f.Open ? f.Petals : 0;
        a.Add(Patch.Surface(48, 18, (u, v) =>
        {
            var side = MathF.Cos(v * 2 * MathF.PI);
            var lobe = lobes == 0 ? 1 : 0.8f + 0.2f * MathF.Abs(MathF.Cos(u * MathF.PI * lobes));
            var w = f.Size * 0.72f * MathF.Pow(MathF.Sin(MathF.PI * MathF.Pow(0.02f + 0.97f * u, 0.75f)), 0.9f) * lobe;
            var vein = 0.03f * MathF.Cos((u - MathF.Abs(side) * 0.12f) * 60);
            return new Vector3(side * w + 0.35f * MathF.Sin(u * 2.2f), 0.16f + MathF.Abs(side) * w * 0.35f + 0.05f * MathF.Sin(v * 2 * MathF.PI) + vein * (1 - u) * (MathF.Sin(v * 2 * MathF.PI) > 0 ? 1 : 0), (u - 0.5f) * -length);
        }, closeColumns: true), satin);
        a.Add(Sweep.Wire(t => new Vector3(0.35f * MathF.Sin((t * 1.35f - 0.35f) * 2.2f), 0.2f, (t * 1.35f - 0.85f) * -length), 0.06f, 40, false, t => 1.2f - 0.7f * t), metal);
        for (var i = 0; i < f.Rays; i++)
        {
            var u = 0.05f + 0.88f * i / (f.Rays - 1f);
            Settings.Melee(a, f.Alternate && i % 2 == 1 ? Diamond : d.Stone!, 0.13f - 0.06f * u, metal, Placement.At(0.35f * MathF.Sin(u * 2.2f), 0.28f, (u - 0.5f) * -length));
        }
    }

    private static void Bow(Assembly a, Design d, Form f, Material metal, Material satin, float r)
    {
        var width = 0.3f + 0.14f * f.Share;
        foreach (var side in (int[])[-1, 1])
        {
            Vector3 Loop(float t)
            {
                var (sin, cos) = MathF.SinCos(t * 2 * MathF.PI);
                return new Vector3(side * f.Size * 0.62f * (1 - cos), 0.35f, -f.Size * 0.5f * sin * (1 - 0.45f * cos) - f.Size * 0.16f * (1 - cos));
            }

            a.Add(Sweep.Tube(Sweep.Along(Loop, t => new Vector3(0, 1, 0) + 0.7f * (Loop(t) - new Vector3(side * f.Size * 0.62f, 0.35f, -f.Size * 0.16f)), 64, true), Outline2.RoundedBox(width * 0.75f, 0.045f, 0.03f, 3), true), satin);
            a.Add(Sweep.Tube(
                Sweep.Along(t => new Vector3(side * (0.1f + t * f.Size * 0.85f), 0.2f + 0.12f * MathF.Sin(t * 6), t * f.Size * (1.25f + 0.2f * side)), _ => Vector3.UnitY, 30, false),
                Outline2.RoundedBox(width, 0.04f, 0.03f, 3), false, t => 0.75f + 0.35f * t), satin);
            for (var i = 1; i < f.Rays; i++)
            {
                var p = Loop(i / (float)f.Rays);
                Settings.Melee(a, f.Alternate ? Diamond : d.Stone!, 0.075f, metal, Placement.At(p.X, p.Y + 0.1f, p.Z));
            }
        }

        Settings.Claws(a, d.Stone!, d.Cut, r, metal, Placement.At(0, 0.6f, 0), 4);
        if (f.Open) Settings.Halo(a, Diamond, d.Cut, r, 0.075f, metal, Placement.At(0, 0.55f, 0));
    }

    private static void Wreath(Assembly a, Design d, Form f, Metal metal, float r)
    {
        a.Add(Solid.Wire(f.Size * 1.05f, 0.055f, 72), metal, Placement.At(0, 0.12f, 0));
        var count = f.Rays + 5;
        for (var i = 0; i < count; i++)
        {
            var angle = i * 2 * MathF.PI / count;
            foreach (var side in (int[])[-1, 1])
            {
                var p = Outline2.Turn(angle + side * 0.05f) * f.Size * (1.05f + side * 0.15f);
                var turn = Placement.TurnY(-angle - MathF.PI / 2 - side * 0.6f);
                if (f.Open && side > 0) a.Add(Solid.Plate(Outline2.Marquise(0.34f, 0.14f, 24), 0.03f, 0.02f, 0.05f), metal, turn * Placement.At(p.X, 0.18f, p.Y));
                else Settings.Claws(a, f.Alternate && side < 0 ? Diamond : d.Stone!, d.Cut, r * 0.8f, metal, turn * Placement.At(p.X, 0.24f, p.Y), 3, 0.5f);
            }

            if (i % 3 == 0) Settings.Bead(a, f.Stem ? Pearl.Material : metal, 0.13f, Placement.At(MathF.Cos(angle + 0.12f) * f.Size * 1.05f, 0.24f, MathF.Sin(angle + 0.12f) * f.Size * 1.05f));
        }
    }

    private static void Dragonfly(Assembly a, Design d, Form f, Metal metal, float r)
    {
        foreach (var side in (int[])[-1, 1])
        {
            foreach (var (angle, length) in (ReadOnlySpan<(float, float)>)[(0.28f, 1.45f), (-0.22f, 1.2f)])
            {
                var wing = Outline2.Marquise(f.Size * length * 0.55f, f.Size * 0.26f, 48).Select(p => p + new Vector2(f.Size * length * 0.6f, 0)).ToArray();
                var at = Placement.TurnZ(0.1f) * Placement.TurnY(side > 0 ? angle : MathF.PI - angle) * Placement.At(0, 0.2f, -f.Size * (0.2f - 0.25f * (angle > 0 ? 1 : 0)) - 0.2f);
                a.Add(Patch.Grid([.. wing.Select((_, i) => Rim(wing, i, 0.045f))], true, true), metal, at);
                for (var i = 0; i < 5; i++)
                    Settings.Melee(a, f.Alternate ? Diamond : d.Stone!, 0.07f + 0.035f * MathF.Sin(MathF.PI * i / 4), metal, Placement.At(f.Size * length * (0.25f + 0.17f * i), 0.02f, 0) * at);
                for (var k = -2; k <= 2; k++)
                    a.Add(Sweep.Wire(t => new Vector3(f.Size * length * (0.1f + t), 0, k * f.Size * 0.09f * MathF.Sin(MathF.PI * t)), 0.018f, 10), metal, at);
            }
        }

        for (var i = 0; i < 9; i++)
        {
            var z = -0.45f + i * 0.24f * f.Size;
            if (f.Open) Settings.Claws(a, d.Stone!, GemCut.Round, 0.16f - 0.011f * i, metal, Placement.At(0.1f * MathF.Sin(i * 0.5f), 0.3f, z), 4, 0.6f);
            else Settings.Bead(a, metal, 0.17f - 0.012f * i, Placement.At(0.1f * MathF.Sin(i * 0.5f), 0.26f, z));
        }

        Settings.Claws(a, d.Stone!, GemCut.Round, r, metal, Placement.At(0, 0.42f, -0.55f), 4, 0.6f);
        foreach (var side in (int[])[-1, 1]) Settings.Bead(a, d.Stone!.Material is Gemstone ? metal : d.Stone.Material, 0.12f, Placement.At(side * 0.14f, 0.34f, -0.85f));
    }

    private static void Feather(Assembly a, Design d, Form f, Metal metal)
    {
        Vector3 Quill(float t) => new(f.Size * 0.7f * MathF.Sin(t * 1.8f), 0.16f, f.Size * (1.7f - 3.3f * t));
        a.Add(Sweep.Wire(Quill, 0.07f, 40, false, t => 1.15f - 0.7f * t), metal);
        var barbs = 34;
        for (var i = 0; i < barbs; i++)
        {
            var t = 0.16f + 0.82f * i / barbs;
            var foot = Quill(t);
            var length = f.Size * 0.8f * MathF.Sin(MathF.PI * MathF.Pow(t, 0.7f)) * (f.Open && i % 9 == 4 ? 0.6f : 1);
            foreach (var side in (int[])[-1, 1])
                a.Add(Sweep.Wire(u => foot + new Vector3(side * length * u, 0.08f * MathF.Sin(u * 3), -length * (0.55f * u + 0.35f * u * u)), 0.05f, 9, false, u => 1.1f - 0.6f * u), metal);
        }

        for (var i = 0; i < f.Rays + 3; i++)
        {
            var t = 0.12f + 0.8f * i / (f.Rays + 2f);
            var p = Quill(t);
            Settings.Melee(a, f.Alternate && i % 2 == 1 ? Diamond : d.Stone!, 0.12f - 0.05f * t, metal, Placement.At(p.X, 0.26f, p.Z));
        }
    }

    private static void Frame(Assembly a, Design d, Form f, Metal metal, float r)
    {
        var ring = d.Cut.Girdle.Select(p => new Vector2(-p.Y, p.X) * r).ToArray();
        var count = f.Rays + 14;
        for (var layer = 0; layer < (f.Open ? 2 : 1); layer++)
            foreach (var (p, _) in Outline2.Spaced(ring, count + layer * 6, 0.28f + 0.26f * layer))
            {
                if (f.Alternate) Settings.Bead(a, layer == 0 ? metal : Pearl.Material, 0.11f, Placement.At(p.X, 0.18f, p.Y));
                else if (layer == 0) Settings.Melee(a, Diamond, 0.1f, metal, Placement.At(p.X, 0.2f, p.Y));
                else a.Add(Solid.Wire(0.13f, 0.035f, 20), metal, Placement.At(p.X, 0.12f, p.Y));
            }

        a.Add(Solid.Plate([.. Outline2.Spaced(ring, 64, f.Open ? 0.6f : 0.36f).Select(q => q.Point)], 0.05f, 0.03f), metal, Placement.At(0, 0.06f, 0));
    }

    private static void Bar(Assembly a, Design d, Form f, Metal metal, float r)
    {
        var half = f.Size * 1.6f;
        a.Add(Solid.Box(new Vector3(half, 0.07f, f.Open ? 0.07f : 0.16f), 0.05f), metal, Placement.At(0, 0.12f, 0));
        Settings.Claws(a, d.Stone!, d.Cut, r, metal, Placement.At(0, 0.42f, 0), 4);
        if (f.Stem) Settings.Halo(a, Diamond, d.Cut, r, 0.085f, metal, Placement.At(0, 0.36f, 0));
        var start = r * d.Cut.HalfLength + 0.3f;
        for (var i = 0; i < 7; i++)
            foreach (var side in (int[])[-1, 1])
            {
                var size = 0.15f - 0.01f * i;
                var x = start + i * (half - start) / 7;
                if (f.Alternate && i % 2 == 1) Settings.Bead(a, Pearl.Material, size, Placement.At(side * x, 0.28f, 0));
                else Settings.Claws(a, Diamond, GemCut.Round, size, metal, Placement.At(side * x, 0.27f, 0), 4, 0.6f);
            }

        foreach (var side in (int[])[-1, 1]) a.Add(Solid.Plate(Outline2.Regular(4, 0.3f), 0.06f, 0.03f, 0.05f), metal, Placement.At(side * (half + 0.1f), 0.12f, 0));
    }

    private static void Crescent(Assembly a, Design d, Form f, Metal metal)
    {
        a.Add(Drops.Crescent(f.Size * 1.3f), metal, Placement.At(0, 0.1f, 0));
        for (var i = 0; i < 13; i++)
        {
            var angle = MathF.PI * (0.42f + 1.16f * i / 12);
            var p = Outline2.Turn(angle) * f.Size * 1.12f;
            var size = f.Size * (0.19f - 0.017f * MathF.Abs(i - 6));
            if (d.Stone == Pearl) Settings.Bead(a, Pearl.Material, size, Placement.At(p.X, 0.28f, -p.Y));
            else Settings.Claws(a, f.Alternate && i % 2 == 1 ? Diamond : d.Stone!, GemCut.Round, size, metal, Placement.At(p.X, 0.28f, -p.Y), 4, 0.5f);
        }

        if (!f.Open) return;
        a.Add(Sweep.Wire(t => new Vector3(f.Size * (0.35f - 1.35f * t), 0.1f, 0), 0.045f, 6), metal);
        a.Add(Solid.Plate(Outline2.Star(5, f.Size * 0.42f, f.Size * 0.18f, MathF.PI / 2), 0.06f, 0.03f, 0.08f), metal, Placement.At(f.Size * 0.45f, 0.12f, 0));
        Settings.Melee(a, d.Stone!, 0.11f, metal, Placement.At(f.Size * 0.45f, 0.27f, 0));
    }

    private static void Bouquet(Assembly a, Design d, Form f, Metal metal)
    {
        for (var i = 0; i < f.Petals; i++)
        {
            var spread = (i - (f.Petals - 1) / 2f) * 0.34f;
            var length = f.Size * (2.3f - 0.5f * MathF.Abs(spread));
            var tip = new Vector3(MathF.Sin(spread) * length, 0.2f, f.Size - MathF.Cos(spread) * length);
            a.Add(Sweep.Wire(t => Vector3.Lerp(new Vector3(-0.25f * spread, 0.15f, f.Size * 1.5f), tip, t) + new Vector3(0.25f * MathF.Sin(t * 3), 0.12f * MathF.Sin(t * 3), 0), 0.045f, 20), metal);
            var pearl = 0.3f + 0.1f * f.Share;
            Settings.Stone(a, d.Stone!, GemCut.Round, pearl, Placement.At(tip.X, 0.3f, tip.Z));
            a.Add(Solid.Lathe([new(0, -0.2f), new(0.3f, -0.12f), new(0.42f, 0.04f), new(0.36f, 0.02f), new(0, -0.1f)], 20), metal, Placement.Scale(pearl * 2, pearl * 2, pearl * 2) * Placement.At(tip.X, 0.26f, tip.Z));
            if (f.Open) a.Add(Petal(f.Size * 0.7f, f.Size * 0.18f, 0.1f, 0.3f), metal, Placement.TurnY(MathF.PI - spread * 2.2f) * Placement.At(tip.X * 0.5f, 0.15f, tip.Z * 0.5f + 0.4f));
            if (f.Alternate) Settings.Claws(a, Diamond, GemCut.Round, 0.13f, metal, Placement.At(tip.X * 0.55f + 0.15f, 0.34f, tip.Z * 0.55f + 0.55f), 4, 0.6f);
        }

        a.Add(Solid.Wire(0.26f, 0.06f, 30), metal, Placement.TurnX(MathF.PI / 2) * Placement.At(0, 0.2f, f.Size * 1.05f));
    }
}
