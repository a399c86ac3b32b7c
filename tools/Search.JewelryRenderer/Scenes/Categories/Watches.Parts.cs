using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Lighting;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Head and strap.</summary>
internal sealed partial class Watches
{
    private static void Head(Assembly a, Design d, Form f, Metal metal)
    {
        var brushed = f.Brushed ? metal.Finished(0.22f) : metal;
        var outline = f.Outline(d.Style);
        var inner = outline.Select(p => p * 0.86f).ToArray();
        a.Add(Solid.Plate(outline, f.Thick, 0.09f), brushed);
        var rim = Outline2.Spaced(outline, 96, -f.Radius * 0.08f);
        a.Add(Patch.Grid([.. rim.Select(q => Outline2.RoundedBox(f.Radius * 0.075f, 0.08f, 0.05f, 3)
            .Select(s => new Vector3(q.Point.X + q.Outward.X * s.X, f.Thick + s.Y, q.Point.Y + q.Outward.Y * s.X)).ToArray())], true, true), d.Style == "diver" ? metal : brushed);
        var dial = new Lacquer(f.Dial.Colour, f.Sunray ? 0.9f : 0.5f, f.Sunray ? 0.22f : 0.1f, f.Sunray ? Reliefs.Sunray : null);
        a.Add(Solid.Plate(inner, 0.02f, 0.01f), dial, Placement.At(0, f.Thick, 0));
        var ink = Studio.Luminance(f.Dial.Colour) > 0.35f && f.FinishKind != 0 ? (Material)new Lacquer(new Vector3(0.02f), 0.6f, 0.1f) : metal;
        var y = f.Thick + 0.03f;
        Markers(a, d, f, ink, inner, y);
        Hands(a, f, ink, y + 0.035f);
        if (d.Style == "chronograph") Counters(a, f, metal, ink, y);
        if (d.Style == "diver") Diver(a, f, metal);
        if (d.Style is "jewelled" or "cocktail") Jewels(a, d, f, metal, outline);
        Crown(a, metal, outline.Max(p => p.X));
        if (f.Date) a.Add(Solid.Box(new Vector3(0.12f, 0.01f, 0.09f), 0.02f), new Lacquer(new Vector3(0.85f), 0.3f, 0.1f), Placement.At(inner.Max(p => p.X) * 0.68f, y, 0));
        foreach (var (x, z) in (ReadOnlySpan<(int, int)>)[(-1, -1), (-1, 1), (1, -1), (1, 1)])
            a.Add(Sweep.Wire(t => new Vector3(x * (f.Width + 0.1f), f.Thick * (0.2f - 1.1f * t), z * (f.Reach * 0.62f + t * f.Reach * 0.45f)), 0.16f, 8, false, t => 1.1f - 0.35f * t), brushed);
    }

    private static void Markers(Assembly a, Design d, Form f, Material ink, Vector2[] inner, float y)
    {
        for (var i = 0; i < 60; i++)
        {
            var hour = i % 5 == 0;
            if (!hour && f.Markers is not "railway") continue;
            if (f.Markers == "quarters" && i % 15 != 0) continue;
            var angle = i * 2 * MathF.PI / 60;
            var direction = new Vector2(MathF.Sin(angle), -MathF.Cos(angle));
            var reach = d.Style is "tank" or "cushion" ? Ray(inner, direction) : inner.Max(p => Vector2.Dot(p, direction));
            var at = direction * (reach * (hour ? 0.84f : 0.92f));
            var place = Placement.TurnY(-angle) * Placement.At(at.X, y, at.Y);
            var length = f.Radius * (i % 15 == 0 ? 0.11f : 0.085f);
            switch (f.Markers)
            {
                case "dots":
                    a.Add(Sphere.Unit, ink, Placement.Scale(f.Radius * 0.045f, 0.025f, f.Radius * 0.045f) * place);
                    break;
                case "roman" when hour:
                    for (var k = 0; k < 1 + (i / 5 + 2) % 3; k++)
                        a.Add(Solid.Box(new Vector3(f.Radius * 0.014f, 0.014f, length), 0.006f), ink, Placement.At((k - ((i / 5 + 2) % 3) / 2f) * f.Radius * 0.05f, 0, 0) * place);
                    break;
                default:
                    a.Add(Solid.Box(hour ? new Vector3(f.Radius * 0.024f, 0.02f, length) : new Vector3(f.Radius * 0.008f, 0.008f, f.Radius * 0.03f), 0.008f), ink, place);
                    break;
            }
        }
    }

    private static float Ray(Vector2[] outline, Vector2 direction)
    {
        // The outline is convex: the smallest crossing of its edges' lines in front of us.
        var best = float.PositiveInfinity;
        for (var i = 0; i < outline.Length; i++)
        {
            var (p, q) = (outline[i], outline[(i + 1) % outline.Length]);
            var normal = new Vector2(q.Y - p.Y, p.X - q.X);
            var facing = Vector2.Dot(normal, direction);
            if (facing > 1e-5f) best = MathF.Min(best, Vector2.Dot(normal, p) / facing);
        }

        return best;
    }

    private static void Hands(Assembly a, Form f, Material ink, float y)
    {
        // Ten past ten or so: the hour every watch advertisement shows.
        foreach (var (angle, length, width, height) in (ReadOnlySpan<(float, float, float, float)>)[(f.Hour, 0.5f, 0.045f, 0f), (f.Minute, 0.74f, 0.032f, 0.025f), (f.Second, 0.78f, 0.008f, 0.045f)])
        {
            var half = f.Radius * length * 0.56f;
            a.Add(Solid.Plate([.. Outline2.Marquise(half, f.Radius * width, 20).Select(p => new Vector2(p.Y, p.X))], 0.012f, 0.006f), ink,
                Placement.At(0, 0, -half * 0.78f) * Placement.TurnY(-angle) * Placement.At(0, y + height, 0));
        }

        Settings.Bead(a, ink, f.Radius * 0.045f, Placement.At(0, y + 0.03f, 0));
    }

    private static void Counters(Assembly a, Form f, Metal metal, Material ink, float y)
    {
        (float X, float Z)[] places = f.TwoCounters ? [(-0.42f, 0), (0.42f, 0)] : [(-0.42f, 0), (0.42f, 0), (0, 0.42f)];
        var face = new Lacquer(f.Contrast ? new Vector3(0.03f) : f.Dial.Colour * 0.7f + new Vector3(0.02f), 0.5f, 0.15f);
        foreach (var (x, z) in places)
        {
            var at = Placement.At(x * f.Radius, y - 0.015f, z * f.Radius);
            a.Add(Solid.Disc(f.Radius * 0.21f, 0.012f, 0.005f, 0, 36), face, at);
            a.Add(Solid.Wire(f.Radius * 0.21f, 0.018f, 36), metal, at);
            a.Add(Solid.Box(new Vector3(0.012f, 0.006f, f.Radius * 0.08f), 0.004f), f.Contrast ? metal : ink, Placement.At(0, 0.02f, -f.Radius * 0.06f) * Placement.TurnY(x * 5 + z) * at);
        }

        foreach (var z in (int[])[-1, 1])
            a.Add(Solid.Disc(0.13f, 0.14f, 0.04f, 0, 20), metal, Placement.TurnZ(MathF.PI / 2) * Placement.At(f.Radius * 0.92f + 0.12f, 0, z * f.Radius * 0.5f));
    }

    private static void Diver(Assembly a, Form f, Metal metal)
    {
        var insert = new Lacquer(f.Contrast ? f.Dial.Colour * 0.8f + new Vector3(0.005f) : new Vector3(0.012f), 0.9f, 0.05f);
        a.Add(Solid.Ring(f.Radius * 0.93f, Outline2.RoundedBox(f.Radius * 0.075f, 0.06f, 0.03f, 3), 72), insert, Placement.At(0, f.Thick + 0.06f, 0));
        for (var i = 0; i < 48; i++)
            a.Add(Solid.Box(new Vector3(0.03f, 0.09f, 0.035f), 0.02f), metal, Placement.At(f.Radius * 1.015f, f.Thick, 0) * Placement.TurnY(i * MathF.PI / 24));
        for (var i = 0; i < 12; i++)
            a.Add(Solid.Box(new Vector3(f.Radius * (i % 3 == 0 ? 0.045f : 0.03f), 0.01f, 0.018f), 0.008f), metal, Placement.At(f.Radius * 0.935f, f.Thick + 0.125f, 0) * Placement.TurnY(i * MathF.PI / 6));
    }

    private static void Jewels(Assembly a, Design d, Form f, Metal metal, Vector2[] outline)
    {
        var size = f.Radius * 0.062f;
        for (var row = 0; row < (d.Style == "cocktail" ? 2 : 1); row++)
        {
            var spaced = Outline2.Spaced(outline, 44 + row * 4, -f.Radius * 0.075f + row * size * 2.1f);
            for (var i = 0; i < spaced.Length; i++)
                Settings.Melee(a, f.Contrast && i % 2 == 0 ? Diamond : d.Stone!, size, metal, Placement.At(spaced[i].Point.X, f.Thick + 0.1f - row * 0.09f, spaced[i].Point.Y));
        }
    }

    private static void Crown(Assembly a, Metal metal, float edge)
    {
        var at = Placement.TurnZ(MathF.PI / 2) * Placement.At(edge + 0.1f, 0, 0);
        a.Add(Patch.Surface(2, 48, (u, v) =>
        {
            var p = Outline2.Turn(v * 2 * MathF.PI) * (0.17f + 0.012f * MathF.Sin(v * 2 * MathF.PI * 16));
            return new Vector3(p.X, 0.14f - u * 0.28f, p.Y);
        }, closeColumns: true), metal, at);
        a.Add(Solid.Disc(0.165f, 0.14f, 0.03f, 0.02f, 24), metal, at);
    }

    private static void Strap(Assembly a, Form f, Metal metal, int side, Func<float, Vector3> half, float length, bool flat)
    {
        Vector3 Path(float t)
        {
            var p = half(t);
            return new Vector3(p.X, p.Y, p.Z * side);
        }

        Vector3 Up(float t) => flat ? Vector3.UnitY : Vector3.Normalize(new Vector3(0, half(t).Y, half(t).Z * side));
        var material = f.StrapMaterial(metal);
        if (f.Links)
        {
            var path = new ChainPath(Path, Up, false);
            var pitch = f.Mesh ? 0.2f : 0.42f;
            var shares = path.Spaced((int)(path.Length / pitch));
            foreach (var share in shares)
            {
                var at = path.At(share);
                var frame = Placement.Basis(Vector3.Cross(at.Up, at.Tangent), at.Up, at.Tangent, at.Position);
                foreach (var (x, w) in f.LinkPlan)
                    a.Add(Solid.Box(new Vector3(f.Width * w, 0.13f, pitch * 0.47f), 0.07f), f.TwoFinish && x == 0 ? metal : material, Placement.At(x * f.Width, 0, 0) * frame);
            }

            return;
        }

        float Taper(float t) => 1 - 0.22f * t - (flat ? MathF.Pow(t, 24) * 0.6f : 0);
        var points = Sweep.Along(Path, Up, 60, false);
        a.Add(Sweep.Tube(points, Outline2.RoundedBox(f.Width, 0.1f, 0.09f, 4), false, Taper), material);
        if (f.Mesh) return;
        var thread = PropMaterials.Thread(f.Leather.Colour * 1.6f + new Vector3(0.16f));
        var stitched = new ChainPath(Path, Up, false);
        if (f.Stitched)
            foreach (var share in stitched.Spaced((int)(length / 0.2f)))
            {
                var at = stitched.At(share);
                var frame = Placement.Basis(Vector3.Cross(at.Up, at.Tangent), at.Up, at.Tangent, at.Position);
                foreach (var edge in (int[])[-1, 1])
                    a.Add(Sphere.Unit, thread, Placement.Scale(0.022f, 0.02f, 0.07f) * Placement.At(edge * f.Width * 0.86f * Taper(share), 0.1f * Taper(share), 0) * frame);
            }

        if (side < 0 && flat)
        {
            // The buckle at the short end.
            var end = stitched.At(1);
            a.Add(Solid.Box(new Vector3(f.Width * 0.98f, 0.07f, 0.09f), 0.05f), metal, Placement.At(0, end.Position.Y, end.Position.Z - 0.55f));
            foreach (var edge in (int[])[-1, 1])
                a.Add(Solid.Box(new Vector3(0.09f, 0.07f, 0.42f), 0.05f), metal, Placement.At(edge * f.Width * 0.92f, end.Position.Y, end.Position.Z - 0.2f));
            a.Add(Solid.Box(new Vector3(0.06f, 0.05f, 0.36f), 0.03f), metal, Placement.At(0, end.Position.Y + 0.08f, end.Position.Z - 0.25f));
        }
        else if (flat)
        {
            for (var i = 0; i < 6; i++)
            {
                var at = stitched.At(0.5f + i * 0.07f);
                a.Add(Solid.Disc(0.055f, 0.012f, 0.005f, 0, 14), new Lacquer(new Vector3(0.01f), 0, 0), Placement.At(at.Position + new Vector3(0, 0.1f * Taper(0.5f + i * 0.07f), 0)));
            }
        }
    }
}
