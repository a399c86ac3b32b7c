using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Pairs of cufflinks: face towards +y, toggle below.</summary>
internal sealed class Cufflinks : IJewelryCategory
{
    private static readonly MetalKind[] Metals = [MetalKind.YellowGold, MetalKind.RoseGold, MetalKind.WhiteGold, MetalKind.Silver, MetalKind.Steel];

    public string Name => "cufflinks";

    public string Noun => "cufflinks";

    public int Displays => 2;

    public float Elevation => 0.62f;

    public IReadOnlyList<Style> Styles { get; } =
    [
        new("round inlay", "inlay", Opaque, [GemCut.Round], (6f, 10f), Metals),
        new("square inlay", "inlay", Opaque, [GemCut.Cushion], (6f, 10f), Metals),
        new("knot", "none", [], [GemCut.Round], (0, 0), Metals),
        new("oval cabochon", "bezel", Opaque, [GemCut.Oval], (6f, 12f), Metals),
        new("gem-set", "bezel", Colours, [GemCut.Princess, GemCut.Round, GemCut.Cushion, GemCut.Emerald, GemCut.Asscher], (1f, 2.5f), Metals),
        new("ribbed", "none", [], [GemCut.Round], (0, 0), Metals),
        new("bar", "flush", Colours, [GemCut.Round], (0.05f, 0.1f), Metals),
        new("hexagon", "inlay", Opaque, [GemCut.Round], (6f, 10f), Metals),
        new("domed", "flush", Colours, [GemCut.Round], (0.2f, 0.5f), Metals),
        new("striped inlay", "inlay", Opaque, [GemCut.Cushion], (6f, 10f), Metals),
        new("anchor", "none", [], [GemCut.Round], (0, 0), Metals),
    ];

    public Description Describe(Design design)
    {
        var f = Form.Of(design);
        string[] phrases = design.Style switch
        {
            "round inlay" => ["Round {metal} cufflinks with {stone} inlay", "{stone} cufflinks in {metal}, round"],
            "square inlay" => ["Square {metal} cufflinks with {stone} inlay", "{stone} cufflinks in {metal}, square"],
            "knot" => ["{metal} knot cufflinks", "Silk-knot cufflinks in {metal}"],
            "oval cabochon" => ["Oval {stone} cabochon cufflinks in {metal}", "{metal} cufflinks with oval {stone}"],
            "gem-set" => ["{cut} {stone} cufflinks in {metal}", "{metal} cufflinks set with {cut} {stone}"],
            "ribbed" => ["Ribbed {metal} cufflinks", (f.Round ? "Round" : "Square") + " fluted cufflinks in {metal}"],
            "bar" => ["{metal} bar cufflinks with {stone}", "Baton cufflinks in {metal}, {stone} ends"],
            "hexagon" => ["Hexagonal {metal} cufflinks with {stone}", "{stone} hexagon cufflinks in {metal}"],
            "domed" => ["Domed {metal} cufflinks with {stone}", "{metal} button cufflinks, {stone} centre"],
            "striped inlay" => ["Striped {stone} cufflinks in {metal}", "{metal} cufflinks with {stone} stripes"],
            _ => ["{metal} anchor cufflinks", "Nautical cufflinks in {metal}"],
        };
        return new Description(phrases, new Dictionary<string, object> { ["face"] = f.FaceName(design.Style), ["faceMm"] = MathF.Round(f.Size * 20) }, 7 + f.Size * 4, 120);
    }

    public Presentation Present(Design design, int display)
    {
        var f = Form.Of(design);
        var one = new Assembly();
        Face(one, design, f, design.MetalMaterial);
        Toggle(one, f, design.MetalMaterial);
        var (product, props) = (new Assembly(), new Assembly());
        if (display == 0)
        {
            // One leans on its toggle and shows its face, the other lies on its side and shows how it works.
            product.Add(one.Moved(Placement.TurnX(0.72f) * Placement.TurnY(0.3f + f.Turn)).RestingAt(0), Placement.At(-f.Size * 1.25f, 0, 0));
            product.Add(one.Moved(Placement.TurnX(1.2f) * Placement.TurnY(-0.75f + f.Turn)).RestingAt(0), Placement.At(f.Size * 1.3f, 0, -f.Size * 0.35f));
            return new Presentation(product, props);
        }

        // In the slots of a padded box.
        var half = f.Size * 3.2f;
        Props.Board(props, Props.Cloth(design.Seed), half, f.Size * 2.2f);
        foreach (var side in (int[])[-1, 1])
            product.Add(one, Placement.TurnY(f.Turn * 0.5f) * Placement.At(side * f.Size * 1.45f, f.Thick + 0.05f, 0));
        var visible = new Assembly();
        foreach (var part in product)
            if (part.Bounds.High.Y > 0) visible.Add(part.Shape, part.Material, part.Placement);
        var lean = Placement.TurnX(0.6f);
        var lift = Placement.At(0, -props.Moved(lean).Extent.Low.Y, 0);
        return new Presentation(visible.Moved(lean * lift), props.Moved(lean * lift));
    }

    private static void Face(Assembly a, Design d, Form f, Metal metal)
    {
        var s = f.Size;
        var finish = f.FinishKind switch { 0 => metal.Finished(0.26f), 1 => metal.Finished(0.06f, Reliefs.Hammered(0.22f)), _ => metal };
        var round = Outline2.Circle(s, 64);
        var square = Outline2.RoundedBox(s * 0.9f, s * 0.9f, s * 0.14f);
        switch (d.Style)
        {
            case "round inlay":
                Inlay(a, d, f, metal, round);
                if (f.Beaded) Rope(a, f, metal, round);
                break;
            case "square inlay":
                Inlay(a, d, f, metal, square);
                break;
            case "hexagon":
                Inlay(a, d, f, metal, Outline2.Spaced(Outline2.Regular(6, s * 1.05f), 60).Select(q => q.Point).ToArray());
                if (f.Beaded) Settings.Melee(a, Diamond, s * 0.16f, metal, Placement.At(0, f.Thick + 0.1f, 0));
                break;
            case "knot":
                Knot(a, f, metal, s * 0.95f);
                break;
            case "oval cabochon":
            {
                var r = s * 0.72f;
                Settings.Bezel(a, d.Stone!, GemCut.Oval, r, metal, Placement.At(0, f.Thick, 0), 0.18f);
                a.Add(Solid.Plate([.. GemCut.Oval.Girdle.Select(p => p * (r + 0.16f))], f.Thick * 0.6f, 0.05f), metal);
                if (f.Beaded)
                    foreach (var (p, _) in Outline2.Spaced([.. GemCut.Oval.Girdle.Select(p => p * (r + 0.12f))], 36)) Settings.Bead(a, metal, 0.06f, Placement.At(p.X, f.Thick * 0.7f, p.Y));
                break;
            }

            case "gem-set":
            {
                var r = d.StoneRadius * 1.05f;
                a.Add(Solid.Plate(f.Round ? round : square, f.Thick, 0.07f), finish);
                Settings.Bezel(a, d.Stone!, d.Cut, r, metal, Placement.At(0, f.Thick + r * 0.25f, 0));
                if (f.Beaded)
                    for (var i = 0; i < 4; i++)
                    {
                        var p = Outline2.Turn(MathF.PI / 4 + i * MathF.PI / 2) * s * (f.Round ? 0.76f : 0.98f);
                        Settings.Melee(a, Diamond, 0.1f, metal, Placement.At(p.X, f.Thick + 0.03f, p.Y));
                    }

                break;
            }

            case "ribbed":
                a.Add(Solid.Plate(f.Round ? round : square, f.Thick, 0.06f), metal);
                for (var i = 0; i < f.Ribs; i++)
                {
                    var x = ((i + 0.5f) / f.Ribs * 2 - 1) * s * 0.86f;
                    var reach = f.Round ? MathF.Sqrt(MathF.Max(0.01f, s * s * 0.85f - x * x)) : s * 0.82f;
                    a.Add(Sweep.Wire(t => new Vector3(x, f.Thick, (t * 2 - 1) * reach), s * 0.72f / f.Ribs, 6), finish);
                }

                break;
            case "bar":
                a.Add(Solid.Lathe([new(0, -s * 1.25f), new(s * 0.26f, -s * 1.22f), new(s * 0.3f, -s * 1.15f), new(s * 0.3f, s * 1.15f), new(s * 0.26f, s * 1.22f), new(0, s * 1.25f)], 32), finish,
                    Placement.TurnZ(MathF.PI / 2) * Placement.At(0, f.Thick, 0));
                foreach (var side in (int[])[-1, 1])
                {
                    a.Add(Solid.Ring(s * 0.31f, Outline2.RoundedBox(0.04f, 0.09f, 0.03f, 3), 36), metal, Placement.TurnZ(MathF.PI / 2) * Placement.At(side * s, f.Thick, 0));
                    Settings.Bezel(a, d.Stone!, GemCut.Round, s * 0.2f, metal, Placement.At(side * s * 0.62f, f.Thick + s * 0.3f, 0));
                }

                Settings.Bezel(a, f.Beaded ? Diamond : d.Stone!, GemCut.Round, s * 0.2f, metal, Placement.At(0, f.Thick + s * 0.3f, 0));
                break;
            case "domed":
                a.Add(Solid.Disc(s, f.Thick * 0.7f, 0.06f, s * 0.42f), finish);
                Settings.Bezel(a, d.Stone!, GemCut.Round, s * 0.3f, metal, Placement.At(0, f.Thick * 0.7f + s * 0.42f, 0));
                if (f.Beaded)
                    for (var i = 0; i < f.Ribs + 3; i++)
                    {
                        var p = Outline2.Turn(i * 2 * MathF.PI / (f.Ribs + 3)) * s * 0.68f;
                        Settings.Melee(a, f.Round ? Diamond : d.Stone!, 0.085f, metal, Placement.At(p.X, f.Thick * 0.7f + s * 0.22f, p.Y));
                    }

                break;
            case "striped inlay":
            {
                var between = d.Stone == MotherOfPearl ? Onyx.Material : f.Beaded ? metal : MotherOfPearl.Material;
                a.Add(Solid.Plate(f.Round ? round : square, f.Thick, 0.05f), metal);
                for (var i = 0; i < f.Ribs; i++)
                {
                    var x = ((i + 0.5f) / f.Ribs * 2 - 1) * s * 0.84f;
                    var reach = f.Round ? MathF.Sqrt(MathF.Max(0.01f, s * s * 0.8f - x * x)) : s * 0.8f;
                    a.Add(Solid.Box(new Vector3(s * 0.8f / f.Ribs * (f.Beaded ? 0.6f : 0.85f), 0.035f, reach), 0.02f), i % 2 == 0 ? d.Stone!.Material : between, Placement.At(x, f.Thick, 0));
                }

                break;
            }

            default:
                a.Add(Solid.Plate(f.Round ? round : square, f.Thick, 0.06f), new Lacquer(f.FinishKind % 2 == 0 ? new Vector3(0.01f, 0.03f, 0.12f) : new Vector3(0.75f), 0.9f, 0.05f));
                Rope(a, f, metal, f.Round ? round : Outline2.Spaced(square, 64).Select(q => q.Point).ToArray());
                Anchor(a, metal, s * 0.62f, f.Thick + 0.05f);
                break;
        }
    }

    private static void Inlay(Assembly a, Design d, Form f, Metal metal, Vector2[] outline)
    {
        a.Add(Solid.Plate(outline, f.Thick, 0.07f), metal);
        var share = f.Rim;
        a.Add(Solid.Plate([.. outline.Select(p => p * share)], 0.05f, 0.03f, f.Domed ? 0.14f : 0), d.Stone!.Material, Placement.At(0, f.Thick + 0.01f, 0));
    }

    private static void Rope(Assembly a, Form f, Metal metal, Vector2[] outline)
    {
        foreach (var (p, outward) in Outline2.Spaced(outline, 44, -0.02f))
            a.Add(Sphere.Unit, metal, Placement.Scale(0.085f, 0.06f, 0.045f) * Placement.TurnY(MathF.Atan2(-outward.Y, outward.X) + 0.8f) * Placement.At(p.X, f.Thick, p.Y));
    }

    /// <summary>Three bundles of wires wound over each other around a ball.</summary>
    private static void Knot(Assembly a, Form f, Metal metal, float size)
    {
        Matrix4x4[] turns = [Matrix4x4.Identity, Placement.TurnX(MathF.PI / 2), Placement.TurnZ(MathF.PI / 2)];
        var wires = f.Round ? 3 : 2;
        for (var bundle = 0; bundle < 3; bundle++)
            for (var i = 0; i < wires; i++)
            {
                var wire = size * (0.5f / wires);
                var off = (i - (wires - 1) / 2f) * wire * 1.9f;
                a.Add(Sweep.Wire(
                    t =>
                    {
                        var (sin, cos) = MathF.SinCos(t * 2 * MathF.PI);
                        var bulge = 1 + 0.13f * MathF.Cos(2 * t * 2 * MathF.PI);
                        return new Vector3(cos * size * 0.78f * bulge, off, sin * size * 0.78f * bulge);
                    },
                    wire, 64, true), metal, turns[bundle] * Placement.TurnY(0.5f) * Placement.At(0, size * 0.65f, 0));
            }

        Settings.Bead(a, metal, size * 0.7f, Placement.At(0, size * 0.65f, 0));
    }

    private static void Anchor(Assembly a, Metal metal, float s, float y)
    {
        a.Add(Sweep.Wire(t => new Vector3(0, y, (t * 2 - 0.85f) * s * 0.8f), s * 0.1f, 8), metal);
        a.Add(Sweep.Wire(t => new Vector3((t * 2 - 1) * s * 0.42f, y, -s * 0.38f), s * 0.09f, 8), metal);
        a.Add(Sweep.Wire(t => new Vector3(MathF.Sin((t * 2 - 1) * 1.35f) * s * 0.8f, y, s * (0.12f + 0.8f * MathF.Cos((t * 2 - 1) * 1.35f))), s * 0.1f, 24, false, t => 1.25f - 1.2f * MathF.Abs(t * 2 - 1)), metal);
        a.Add(Solid.Wire(s * 0.16f, s * 0.06f, 24), metal, Placement.At(0, y, -s * 0.86f));
    }

    private static void Toggle(Assembly a, Form f, Metal metal)
    {
        var length = 1.05f;
        foreach (var side in (int[])[-1, 1])
            a.Add(Sweep.Wire(t => new Vector3(side * 0.15f * (1 - 0.3f * t), -t * length, 0), 0.07f, 6), metal);
        a.Add(Solid.Lathe([new(0, -0.62f), new(0.13f, -0.58f), new(0.19f, -0.4f), new(0.17f, 0), new(0.19f, 0.4f), new(0.13f, 0.58f), new(0, 0.62f)], 24), metal,
            Placement.TurnZ(MathF.PI / 2) * Placement.At(0, -length, 0));
    }

    private sealed record Form(float Size, float Thick, bool Round, bool Beaded, bool Domed, float Rim, int Ribs, float Turn, int FinishKind)
    {
        public static Form Of(Design d)
        {
            var r = d.Form();
            return new Form(
                r.Between(0.72f, 0.95f), r.Between(0.12f, 0.18f), r.Chance(0.5f), r.Chance(0.5f), r.Chance(0.5f), r.Between(0.66f, 0.88f), r.Whole(5, 9),
                r.Between(-0.25f, 0.25f), r.Below(4));
        }

        public string FaceName(string style) => style switch
        {
            "round inlay" or "domed" => "round", "square inlay" => "square", "knot" => "knot", "oval cabochon" => "oval", "bar" => "bar", "hexagon" => "hexagon", _ => Round ? "round" : "square",
        };
    }
}
