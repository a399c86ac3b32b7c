using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Pairs. Each is built hanging from the origin, front towards +z.</summary>
internal sealed partial class Earrings : IJewelryCategory
{
    private static readonly GemCut[] Long = [GemCut.Pear, GemCut.Oval, GemCut.Emerald, GemCut.Cushion, GemCut.Marquise];

    public string Name => "earrings";

    public string Noun => "earrings";

    public int Displays => 3;

    public float Elevation => 0.8f;

    public IReadOnlyList<Style> Styles { get; } =
    [
        new("stud", "prong", Colours, [GemCut.Round, GemCut.Princess, GemCut.Oval, GemCut.Emerald, GemCut.Pear], (0.5f, 1.5f), MetalKind.Precious),
        new("halo stud", "halo", Colours, [GemCut.Round, GemCut.Cushion, GemCut.Oval], (0.6f, 1.4f), MetalKind.Precious),
        new("hoop", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
        new("pave hoop", "pave", Colours, [GemCut.Round], (0.03f, 0.06f), MetalKind.Precious),
        new("drop", "prong", Colours, Long, (1.2f, 4f), MetalKind.Precious),
        new("pearl drop", "cup", [Pearl, BlackPearl], [GemCut.Round], (5f, 12f), MetalKind.Precious),
        new("chandelier", "bezel", Colours, [GemCut.Pear, GemCut.Round, GemCut.Marquise], (0.5f, 0.9f), MetalKind.Precious),
        new("flower stud", "cluster", Colours, [GemCut.Round, GemCut.Pear], (0.3f, 0.5f), MetalKind.Precious),
        new("disc drop", "inlay", Opaque, [GemCut.Round, GemCut.Oval], (4f, 8f), MetalKind.Precious),
        new("geometric", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
        new("tassel", "bezel", Colours, [GemCut.Round, GemCut.Oval], (0.6f, 1.4f), MetalKind.Precious),
        new("linear", "shared prong", Colours, [GemCut.Round, GemCut.Baguette, GemCut.Oval], (0.12f, 0.3f), MetalKind.Precious),
    ];

    public Description Describe(Design design)
    {
        var f = Form.Of(design);
        string[] phrases = design.Style switch
        {
            "stud" => ["{cut} {stone} stud earrings in {metal}", "{metal} studs with {cut} {stone}"],
            "halo stud" => ["{stone} halo earrings in {metal}", "{metal} studs, {cut} {stone} with diamond halo"],
            "hoop" => ["{metal} hoop earrings", "Polished {metal} hoops, " + f.DiameterMm + " mm"],
            "pave hoop" => ["{stone} hoop earrings in {metal}", "{metal} hoops paved with {stone}"],
            "drop" => ["{cut} {stone} drop earrings in {metal}", "{metal} drop earrings with {cut} {stone}"],
            "pearl drop" => ["{stone} drop earrings in {metal}", "{metal} earrings with hanging {stone}"],
            "chandelier" => ["{stone} chandelier earrings in {metal}", "{metal} chandelier earrings with {cut} {stone}"],
            "flower stud" => ["{stone} flower earrings in {metal}", "{metal} blossom studs with {stone}"],
            "disc drop" => ["{metal} disc earrings with {stone}", "{stone} medallion drop earrings in {metal}"],
            "geometric" => ["Open " + f.Figure + " earrings in {metal}", "{metal} geometric drop earrings, " + f.Figure],
            "tassel" => ["{metal} chain tassel earrings with {stone}", "{stone} tassel earrings in {metal}"],
            _ => ["Linear {stone} earrings in {metal}", "{metal} line drops with {cut} {stone}"],
        };
        var attributes = new Dictionary<string, object> { ["lengthMm"] = f.DiameterMm };
        return new Description(phrases, attributes, design.Style is "hoop" or "geometric" ? 5 : 3, design.Style is "chandelier" or "pave hoop" or "linear" ? 560 : 180);
    }

    public Presentation Present(Design design, int display)
    {
        var f = Form.Of(design);
        var one = Build(design, f);
        var extent = one.Extent;
        var apart = MathF.Max(0.75f, extent.Size.X / 2 + 0.28f);
        var height = extent.Size.Y;
        var (product, props) = (new Assembly(), new Assembly());
        var stud = design.Style.Contains("stud", StringComparison.Ordinal);
        var hooked = design.Style is "drop" or "pearl drop" or "chandelier" or "disc drop" or "geometric" or "tassel";
        if (display != 1 && stud)
        {
            // Tipped forward on girdle and post, faces to the viewer.
            foreach (var side in (int[])[-1, 1])
                product.Add(one.Moved(Placement.TurnX(-0.5f) * Placement.TurnY(side * f.Splay)).RestingAt(0), Placement.At(side * apart, 0, 0));
            return new Presentation(product, props);
        }

        if (display == 0 || (display == 2 && !hooked))
        {
            // Laid down side by side, not quite parallel: nobody aligns them perfectly.
            foreach (var side in (int[])[-1, 1])
                product.Add(one.Moved(Hanging.Lying * Placement.TurnY(side * f.Splay) * Placement.At(side * apart, 0, side * height * 0.06f)).RestingAt(0));
            return new Presentation(product, props);
        }

        foreach (var side in (int[])[-1, 1]) product.Add(one, Placement.TurnY(side * f.Splay * 0.6f) * Placement.At(side * apart, 0, 0));
        if (display == 1)
        {
            Props.Card(props, PropMaterials.Card(new Vector3(0.80f, 0.77f, 0.72f) * (design.Seed % 3 == 0 ? 0.25f : 1)), apart + extent.Size.X / 2 + 0.7f, height / 2 + 0.8f);
            var card = props.Moved(Placement.At(0, extent.Centre.Y, MathF.Min(-0.08f, extent.Low.Z)));
            var lean = Placement.TurnX(-0.22f);
            var lift = Placement.At(0, -card.Moved(lean).Extent.Low.Y, 0);
            return new Presentation(product.Moved(lean * lift), card.Moved(lean * lift));
        }

        // The hooks hang over the rail.
        Props.Rail(props, PropMaterials.PolishedWood(new Vector3(0.42f, 0.27f, 0.16f), new Vector3(0.25f, 0.14f, 0.08f)), apart + extent.Size.X / 2 + 0.9f, height + 0.7f);
        props = props.Moved(Placement.At(0, extent.High.Y - 0.08f - Props.RailRadius, -0.3f));
        var up = Placement.At(0, -props.Extent.Low.Y, 0);
        return new Presentation(product.Moved(up), props.Moved(up));
    }

    private static Assembly Build(Design d, Form f)
    {
        var a = new Assembly();
        var metal = d.MetalMaterial;
        var r = d.StoneRadius;
        switch (d.Style)
        {
            case "stud":
                Settings.Claws(a, d.Stone!, d.Cut, r, metal, Hanging.Front(0, 0, 0, f.Spin), f.Claws);
                Post(a, metal, r * 0.6f);
                break;
            case "halo stud":
                Settings.Claws(a, d.Stone!, d.Cut, r * 0.85f, metal, Hanging.Front(0, 0, 0, f.Spin), 4);
                Settings.Halo(a, f.Coloured ? d.Stone! : Diamond, d.Cut, r * 0.85f, f.Melee, metal, Hanging.Front(0, 0, 0, f.Spin));
                Post(a, metal, r * 0.6f);
                break;
            case "flower stud":
                Blossom(a, d, f, metal, r);
                Post(a, metal, r * 0.6f);
                break;
            case "hoop":
                Hoop(a, f, f.Finished(d.MetalMaterial));
                break;
            case "pave hoop":
                Hoop(a, f, metal);
                for (var i = 0; i < 17; i++)
                {
                    var at = Bands.On(f.Radius + f.Thick * 0.95f, MathF.PI + (i - 8) * f.Thick * 1.9f / f.Radius);
                    Settings.Melee(a, f.Coloured && i % 2 == 1 ? Diamond : d.Stone!, f.Thick * 0.78f, metal, at * Placement.TurnY(MathF.PI / 2 - 0.35f) * Placement.At(0, -f.Radius, 0));
                }

                break;
            case "drop":
            {
                Hook(a, metal);
                var y = -0.35f;
                if (f.Coloured)
                {
                    Settings.Claws(a, Diamond, GemCut.Round, 0.14f, metal, Hanging.Front(0, y), 4);
                    y -= 0.28f;
                }
                else
                {
                    y = Links(a, metal, y + 0.1f, f.LinkCount);
                }

                var half = r * d.Cut.HalfLength;
                Settings.Claws(a, d.Stone!, d.Cut, r, metal, Hanging.Front(0, y - half, 0, Hanging.Upright), 5);
                a.Add(Solid.Wire(0.07f, 0.02f, 20), metal, Hanging.SideLoop(0, y + 0.04f));
                if (f.Halo) Settings.Halo(a, Diamond, d.Cut, r, f.Melee, metal, Hanging.Front(0, y - half, 0, Hanging.Upright));
                break;
            }

            case "pearl drop":
            {
                var pearl = MathF.Min(0.62f, 0.24f * MathF.Cbrt(d.Carat));
                Hook(a, metal);
                var y = f.Halo ? Links(a, metal, -0.25f, f.LinkCount + 2) : -0.28f;
                if (f.Coloured) Settings.Claws(a, Diamond, GemCut.Round, 0.13f, metal, Hanging.Front(0, y - 0.08f), 4);
                y -= f.Coloured ? 0.24f : 0;
                a.Add(Solid.Lathe([new(0, 0.1f), new(0.1f, 0.06f), new(0.18f, -0.06f), new(0.2f, -0.12f), new(0, -0.05f)], 20), metal, Placement.At(0, y, 0));
                a.Add(Sphere.Unit, d.Stone!.Material, Placement.Scale(pearl, pearl * f.Stretch, pearl) * Placement.At(0, y - pearl * f.Stretch, 0));
                break;
            }

            case "chandelier":
                Chandelier(a, d, f, metal, r);
                break;
            case "disc drop":
            {
                Hook(a, metal);
                var y = Links(a, metal, -0.25f, f.LinkCount);
                var disc = 0.55f + 0.35f * f.Share;
                a.Add(Solid.Plate([.. d.Cut.Girdle.Select(p => p * disc)], 0.05f, 0.04f), f.Finished(d.MetalMaterial), Hanging.Front(0, y - disc * d.Cut.HalfLength, 0, Hanging.Upright));
                a.Add(Solid.Plate([.. d.Cut.Girdle.Select(p => p * disc * (0.55f + 0.3f * f.Share))], 0.03f, 0.025f, 0.06f), d.Stone!.Material,
                    Hanging.Front(0, y - disc * d.Cut.HalfLength, 0.06f, Hanging.Upright));
                break;
            }

            case "geometric":
                Geometric(a, f, metal);
                break;
            case "tassel":
                Hook(a, metal);
                Settings.Bezel(a, d.Stone!, d.Cut, r * 0.8f, metal, Hanging.Front(0, -0.35f - r * 0.8f, 0, Hanging.Upright));
                for (var i = 0; i < 7; i++)
                {
                    var (x, top) = ((i - 3) * 0.13f, -0.4f - r * 1.6f * d.Cut.HalfLength);
                    var length = f.DiameterMm / 14f - 0.12f * MathF.Abs(i - 3);
                    var path = new ChainPath(t => new Vector3(x * (0.4f + 0.6f * t), top - t * length, 0.05f * MathF.Sin(i * 2.1f)), _ => Vector3.UnitZ, false);
                    (f.Coloured ? Chains.Ball : Chains.Cable).Lay(a, metal, path, 0.1f);
                }

                break;
            default:
            {
                var y = 0f;
                var count = f.LinkCount * 2 + 2;
                for (var i = 0; i < count; i++)
                {
                    var size = r * (0.9f + 0.5f * i / count) * 0.75f;
                    var half = size * d.Cut.HalfLength;
                    y -= half;
                    Settings.Claws(a, f.Coloured && i % 2 == 0 ? Diamond : d.Stone!, d.Cut, size, metal, Hanging.Front(0, y, 0, Hanging.Upright), 4, 0.6f);
                    y -= half + 0.05f;
                    if (i < count - 1) a.Add(Solid.Wire(0.05f, 0.018f, 16), metal, Hanging.Loop(0, y + 0.02f, -0.05f));
                }

                break;
            }
        }

        return a;
    }

    private sealed record Form(
        int Claws, float Spin, bool Coloured, bool Halo, float Melee, int Petals, float Radius, float Thick, bool Flat, bool Twisted, bool Tapered,
        int LinkCount, float Stretch, float Share, string Figure, float Splay, int FinishKind, float DiameterMm)
    {
        public static Form Of(Design d)
        {
            var r = d.Form();
            var radius = r.Between(0.55f, 1.7f);
            return new Form(
                r.Pick([4, 4, 6, 3]), r.Chance(0.5f) ? 0 : Hanging.Upright, r.Chance(0.5f), r.Chance(0.4f), r.Between(0.055f, 0.085f), r.Pick([5, 5, 7]),
                d.Style == "pave hoop" ? radius * 0.75f + 0.2f : radius, r.Between(0.06f, 0.15f), r.Chance(0.35f), r.Chance(0.3f), r.Chance(0.5f), r.Whole(1, 3),
                r.Between(1, 1.35f), r.Next(), r.Pick(["triangle", "hexagon", "square", "teardrop", "circle"]), r.Between(0.04f, 0.16f), r.Below(4),
                MathF.Round(20 + r.Between(0, 22)));
        }

        public Metal Finished(Metal metal) => FinishKind switch { 0 => metal.Finished(0.05f, Reliefs.Hammered(0.2f)), 1 => metal.Finished(0.3f), _ => metal };
    }
}
