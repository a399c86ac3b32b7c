using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Wrist watches: dial up in the x-z plane, twelve towards -z.</summary>
internal sealed class Watches : IJewelryCategory
{
    private static readonly MetalKind[] Cases = [MetalKind.Steel, MetalKind.YellowGold, MetalKind.RoseGold, MetalKind.WhiteGold, MetalKind.Platinum];
    private static readonly StoneKind[] Bezels = [Diamond, Sapphire, Ruby, Emerald];
    private static readonly (string Name, Vector3 Colour)[] Dials =
    [
        ("white", new(0.85f, 0.85f, 0.83f)), ("black", new(0.015f, 0.015f, 0.018f)), ("blue", new(0.02f, 0.06f, 0.25f)), ("green", new(0.015f, 0.13f, 0.07f)),
        ("champagne", new(0.72f, 0.55f, 0.30f)), ("silver", new(0.55f, 0.56f, 0.58f)), ("burgundy", new(0.22f, 0.015f, 0.03f)), ("pink", new(0.78f, 0.45f, 0.42f)),
        ("turquoise", new(0.10f, 0.50f, 0.50f)),
    ];

    private static readonly (string Name, Vector3 Colour)[] Leathers =
    [
        ("brown leather", new(0.16f, 0.065f, 0.028f)), ("black leather", new(0.018f, 0.017f, 0.017f)), ("tan leather", new(0.40f, 0.20f, 0.08f)),
        ("navy leather", new(0.02f, 0.04f, 0.12f)), ("grey leather", new(0.17f, 0.16f, 0.15f)), ("red leather", new(0.32f, 0.025f, 0.02f)),
    ];

    public string Name => "watches";

    public string Noun => "watch";

    public int Displays => 2;

    public float Elevation => 0.85f;

    public IReadOnlyList<Style> Styles { get; } =
    [
        new("dress", "none", [], [GemCut.Round], (0, 0), Cases),
        new("chronograph", "none", [], [GemCut.Round], (0, 0), Cases),
        new("diver", "none", [], [GemCut.Round], (0, 0), Cases),
        new("tank", "none", [], [GemCut.Round], (0, 0), Cases),
        new("jewelled", "pave", Bezels, [GemCut.Round], (0.02f, 0.03f), Cases),
        new("cushion", "none", [], [GemCut.Round], (0, 0), Cases),
        new("minimal", "none", [], [GemCut.Round], (0, 0), Cases),
        new("cocktail", "pave", [Diamond, .. Bezels], [GemCut.Round], (0.03f, 0.05f), Cases),
    ];

    public Description Describe(Design design)
    {
        var f = Form.Of(design);
        string[] phrases = design.Style switch
        {
            "dress" => ["{metal} dress watch with " + f.Dial.Name + " dial on " + f.Strap, "Classic {metal} watch, " + f.Dial.Name + " dial, " + f.Strap],
            "chronograph" => ["{metal} chronograph with " + f.Dial.Name + " dial on " + f.Strap, f.Dial.Name.ToTitle() + " dial chronograph in {metal}, " + f.Strap],
            "diver" => ["{metal} diver's watch, " + f.Dial.Name + " dial, " + f.Strap, "Diver in {metal} with " + f.Dial.Name + " dial on " + f.Strap],
            "tank" => ["Rectangular {metal} watch, " + f.Dial.Name + " dial, " + f.Strap, "{metal} tank watch with " + f.Dial.Name + " dial on " + f.Strap],
            "jewelled" => ["{metal} watch with {stone} bezel on " + f.Strap, "{stone}-set {metal} watch, " + f.Dial.Name + " dial, " + f.Strap],
            "cushion" => ["Cushion-cased {metal} watch, " + f.Dial.Name + " dial, " + f.Strap, "{metal} cushion watch with " + f.Dial.Name + " dial on " + f.Strap],
            "minimal" => ["Minimal {metal} watch, " + f.Dial.Name + " dial, " + f.Strap, "Thin {metal} watch with " + f.Dial.Name + " dial on " + f.Strap],
            _ => ["{stone} cocktail watch in {metal}", "{metal} cocktail watch set with {stone}, " + f.Dial.Name + " dial"],
        };
        return new Description(
            phrases, new Dictionary<string, object> { ["dial"] = f.Dial.Name, ["strap"] = f.Strap, ["caseMm"] = MathF.Round(f.Radius * 20), ["markers"] = f.Markers }, 14,
            design.Style switch { "chronograph" => 950, "diver" => 720, "jewelled" or "cocktail" => 1300, "minimal" => 240, _ => 480 });
    }

    public Presentation Present(Design design, int display)
    {
        var f = Form.Of(design);
        var (product, props) = (new Assembly(), new Assembly());
        var metal = design.MetalMaterial;
        var head = new Assembly();
        Head(head, design, f, metal);
        if (display == 0)
        {
            product.Add(head, Placement.At(0, f.Thick + 0.12f, 0));
            foreach (var side in (int[])[-1, 1])
                Strap(product, f, metal, side, t => new Vector3(0, 0.16f + (f.Thick - 0.02f) * MathF.Exp(-t * 5), f.Reach + t * (side < 0 ? 4.6f : 6.2f)), side < 0 ? 4.6f : 6.2f, true);

            // The head fills the picture; the ends of the strap may leave it.
            var lying = product.Moved(Placement.TurnY(f.Turn)).RestingAt(0);
            var focus = new Assembly();
            var centre = head.Moved(Placement.TurnY(f.Turn));
            focus.Add(centre, Placement.At(0, 0, 1.5f));
            focus.Add(centre, Placement.At(0, 0, -1.5f));
            return new Presentation(lying, props, focus);
        }

        // Buckled around a cushion: the strap follows an oval behind the case.
        var (rx, rz) = (2.3f, 2.75f);
        product.Add(head, Placement.At(0, rx + f.Thick + 0.05f, 0));
        var start = MathF.Asin(MathF.Min(0.9f, f.Reach / rz));
        foreach (var side in (int[])[-1, 1])
            Strap(product, f, metal, side, t =>
            {
                var angle = start + t * (MathF.PI - start) * 1.01f;
                return new Vector3(0, MathF.Cos(angle) * rx + f.Thick * 0.7f * MathF.Exp(-t * 9), MathF.Sin(angle) * rz);
            }, 6.5f, false);
        props.Add(Solid.Disc(1, 1, 0.45f, 0, 48), Props.Cloth(design.Seed), Placement.Scale(rx - 0.14f, f.Width * 1.15f + 0.35f, rz - 0.14f) * Placement.TurnZ(MathF.PI / 2) * Placement.TurnX(0));
        var turn = Placement.TurnX(0.75f);
        var all = new Assembly();
        all.Add(product, turn);
        all.Add(props, turn);
        var lift = Placement.At(0, -all.Extent.Low.Y, 0);
        return new Presentation(product.Moved(turn * lift), props.Moved(turn * lift));
    }

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
        a.Add(Solid.Plate(inner, 0.02f, 0.01f), dial, Placement.At(0, f.Thick + 0.0f, 0));
        var ink = Studio(f.Dial.Colour) > 0.35f && f.FinishKind != 0 ? (Material)new Lacquer(new Vector3(0.02f), 0.6f, 0.1f) : metal;
        var y = f.Thick + 0.03f;
        Markers(a, d, f, ink, inner, y);
        Hands(a, f, ink, y + 0.035f);
        if (d.Style == "chronograph") Counters(a, f, metal, ink, y);
        if (d.Style == "diver") Diver(a, f, metal);
        if (d.Style is "jewelled" or "cocktail") Jewels(a, d, f, metal, outline);
        Crown(a, d, f, metal, outline.Max(p => p.X));
        if (f.Date) a.Add(Solid.Box(new Vector3(0.12f, 0.01f, 0.09f), 0.02f), new Lacquer(new Vector3(0.85f), 0.3f, 0.1f), Placement.At(inner.Max(p => p.X) * 0.68f, y, 0));
        foreach (var (x, z) in (ReadOnlySpan<(int, int)>)[(-1, -1), (-1, 1), (1, -1), (1, 1)])
            a.Add(Sweep.Wire(t => new Vector3(x * (f.Width + 0.1f), f.Thick * (0.2f - 1.1f * t), z * (f.Reach * 0.62f + t * f.Reach * 0.45f)), 0.16f, 8, false, t => 1.1f - 0.35f * t), brushed);
    }

    private static float Studio(Vector3 c) => Lighting.Studio.Luminance(c);

    private static void Markers(Assembly a, Design d, Form f, Material ink, Vector2[] inner, float y)
    {
        var spaced = 60;
        for (var i = 0; i < spaced; i++)
        {
            var hour = i % 5 == 0;
            if (!hour && f.Markers is not "railway") continue;
            if (f.Markers == "quarters" && i % 15 != 0) continue;
            var angle = i * 2 * MathF.PI / 60;
            var direction = new Vector2(MathF.Sin(angle), -MathF.Cos(angle));
            var reach = inner.Max(p => Vector2.Dot(p, direction)) / 1;
            if (d.Style is "tank" or "cushion") reach = Ray(inner, direction);
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

    private static void Crown(Assembly a, Design d, Form f, Metal metal, float edge)
    {
        var at = Placement.TurnZ(MathF.PI / 2) * Placement.At(edge + 0.1f, 0, 0);
        a.Add(Patch.Surface(2, 48, (u, v) =>
        {
            var p = Outline2.Turn(v * 2 * MathF.PI) * (0.17f + 0.012f * MathF.Sin(v * 2 * MathF.PI * 16));
            return new Vector3(p.X, 0.14f - u * 0.28f, p.Y);
        }, closeColumns: true), metal, at);
        a.Add(Solid.Disc(0.165f, 0.14f, 0.03f, 0.02f, 24), d.Style is "jewelled" or "cocktail" ? d.Stone!.Material is Gemstone ? metal : metal : metal, at);
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

    private sealed record Form(
        float Radius, float Thick, float Width, (string Name, Vector3 Colour) Dial, (string Name, Vector3 Colour) Leather, string StrapKind, string Markers, bool Sunray,
        bool Date, bool Contrast, bool TwoCounters, bool Brushed, bool Stitched, bool TwoFinish, int FinishKind, float Hour, float Minute, float Second, float Turn, int Plan)
    {
        public float Reach => Radius * 1.0f;

        public bool Links => StrapKind == "links";

        public bool Mesh => StrapKind == "mesh";

        public string Strap => StrapKind switch { "links" => "metal bracelet", "mesh" => "mesh bracelet", "rubber" => "rubber strap", _ => Leather.Name };

        public (float X, float W)[] LinkPlan => Plan switch
        {
            0 => [(0, 0.4f), (-0.72f, 0.27f), (0.72f, 0.27f)],
            1 => [(0, 0.28f), (-0.5f, 0.19f), (0.5f, 0.19f), (-0.86f, 0.13f), (0.86f, 0.13f)],
            _ => [(0, 0.98f)],
        };

        public Material StrapMaterial(Metal metal) => StrapKind switch
        {
            "links" => Brushed || TwoFinish ? metal.Finished(0.24f) : metal,
            "mesh" => metal.Finished(0.14f, Reliefs.Weave(0.13f)),
            "rubber" => PropMaterials.Rubber(Contrast ? Dial.Colour * 0.6f + new Vector3(0.01f) : new Vector3(0.018f)),
            _ => PropMaterials.Leather(Leather.Colour),
        };

        public Vector2[] Outline(string style) => style switch
        {
            "tank" => Outline2.RoundedBox(Radius * 0.78f, Radius * 1.02f, Radius * 0.14f),
            "cushion" => Outline2.Superellipse(Radius, Radius, 3.6f, 64),
            "cocktail" when TwoCounters => Outline2.Ellipse(Radius * 0.72f, Radius * 0.95f, 64),
            _ => Outline2.Circle(Radius, 72),
        };

        public static Form Of(Design d)
        {
            var r = d.Form();
            var dial = Dials[(int)((d.Seed / 2 + d.Seed) % (ulong)Dials.Length)];
            var small = d.Style is "cocktail" or "jewelled" or "tank";
            var strap = d.Style switch
            {
                "diver" => r.Pick(["rubber", "links", "links"]),
                "minimal" => r.Pick(["mesh", "leather"]),
                "cocktail" => r.Pick(["links", "mesh", "leather"]),
                _ => r.Pick(["leather", "leather", "links"]),
            };
            var radius = small ? r.Between(1.3f, 1.55f) : r.Between(1.75f, 2.05f);
            return new Form(
                radius, d.Style == "minimal" ? 0.24f : r.Between(0.34f, 0.46f), radius * r.Between(0.48f, 0.56f), dial, r.Pick(Leathers), strap,
                d.Style switch { "minimal" => r.Pick(["quarters", "dots"]), "diver" => "dots", "chronograph" => "railway", _ => r.Pick(["batons", "roman", "railway", "dots", "quarters"]) },
                r.Chance(0.55f), r.Chance(0.35f) && d.Style != "cocktail", r.Chance(0.5f), r.Chance(0.5f), r.Chance(0.4f), r.Chance(0.7f), r.Chance(0.4f), r.Below(3),
                (10 + r.Between(0.05f, 0.3f)) * MathF.PI / 6, r.Between(0.9f, 1.25f), r.Between(2.6f, 4.2f), r.Between(0.25f, 0.6f), r.Below(3));
        }
    }
}
