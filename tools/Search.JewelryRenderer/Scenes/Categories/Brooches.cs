using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Brooches: built facing +y in the x-z plane, top towards -z.</summary>
internal sealed partial class Brooches : IJewelryCategory
{

    public string Name => "brooches";

    public string Noun => "brooch";

    public int Displays => 2;

    public float Elevation => 1.0f;

    public IReadOnlyList<Style> Styles { get; } =
    [
        new("flower", "prong", Colours, [GemCut.Round, GemCut.Oval], (0.6f, 1.5f), MetalKind.Precious),
        new("butterfly", "pave", Colours, [GemCut.Pear, GemCut.Marquise], (0.4f, 0.8f), MetalKind.Precious),
        new("leaf", "pave", Colours, [GemCut.Round], (0.03f, 0.08f), MetalKind.Precious),
        new("bow", "pave", Colours, [GemCut.Round, GemCut.Cushion], (0.6f, 1.4f), MetalKind.Precious),
        new("starburst", "prong", Colours, [GemCut.Round, GemCut.Oval], (0.8f, 2f), MetalKind.Precious),
        new("wreath", "prong", Colours, [GemCut.Marquise, GemCut.Pear, GemCut.Round], (0.15f, 0.3f), MetalKind.Precious),
        new("dragonfly", "pave", Colours, [GemCut.Marquise, GemCut.Round], (0.2f, 0.4f), MetalKind.Precious),
        new("feather", "pave", Colours, [GemCut.Round], (0.03f, 0.06f), MetalKind.Precious),
        new("cameo", "bezel", Opaque, [GemCut.Oval, GemCut.Round], (14f, 26f), MetalKind.Precious),
        new("bar pin", "prong", Colours, [GemCut.Emerald, GemCut.Oval, GemCut.Round, GemCut.Marquise], (0.8f, 1.8f), MetalKind.Precious),
        new("crescent", "pave", [Pearl, .. Colours], [GemCut.Round], (0.05f, 0.3f), MetalKind.Precious),
        new("bouquet", "cup", [Pearl, BlackPearl, Turquoise, Coral], [GemCut.Round], (2f, 4f), MetalKind.Precious),
    ];

    public Description Describe(Design design)
    {
        var f = Form.Of(design);
        string[] phrases = design.Style switch
        {
            "flower" => ["{metal} flower brooch with {stone}", f.Petals + "-petal blossom brooch in {metal}, {stone} centre"],
            "butterfly" => ["{stone} butterfly brooch in {metal}", "{metal} butterfly pin with {cut} {stone}"],
            "leaf" => ["{metal} leaf brooch with {stone}", "Leaf pin in {metal} veined with {stone}"],
            "bow" => ["{metal} bow brooch with {stone}", "Ribbon bow pin in {metal}, {stone} knot"],
            "starburst" => ["{stone} starburst brooch in {metal}", "{metal} sunburst pin with {a-cut} {stone}"],
            "wreath" => ["{stone} wreath brooch in {metal}", "{metal} garland brooch set with {stone}"],
            "dragonfly" => ["{metal} dragonfly brooch with {stone}", "{stone} dragonfly pin in {metal}"],
            "feather" => ["{metal} feather brooch with {stone}", "Plume brooch in {metal}, {stone} quill"],
            "cameo" => ["{cut} {stone} brooch in a {metal} frame", "{metal} frame brooch with {stone}"],
            "bar pin" => ["{stone} bar brooch in {metal}", "{metal} bar pin with {cut} {stone}"],
            "crescent" => ["{stone} crescent brooch in {metal}", "{metal} moon brooch with {stone}"],
            _ => ["{stone} spray brooch in {metal}", "{metal} bouquet brooch with {stone}"],
        };
        return new Description(phrases, new Dictionary<string, object> { ["motif"] = design.Style, ["widthMm"] = MathF.Round(f.Size * 24) }, 6 + f.Size * 3, 420);
    }

    public Presentation Present(Design design, int display)
    {
        var f = Form.Of(design);
        var piece = new Assembly();
        Build(piece, design, f, design.MetalMaterial);
        piece = piece.Moved(Placement.TurnY(f.Turn)).RestingAt(0);
        var props = new Assembly();
        if (display == 0) return new Presentation(piece, props);

        // Pinned on a cushion that leans back.
        Props.Board(props, Props.Cloth(design.Seed), f.Size * 2 + 1.4f, f.Size * 2 + 1.4f);
        var lean = Placement.TurnX(0.7f);
        var lift = Placement.At(0, -props.Moved(lean).Extent.Low.Y, 0);
        return new Presentation(piece.Moved(lean * lift), props.Moved(lean * lift));
    }

    private static void Build(Assembly a, Design d, Form f, Metal metal)
    {
        var s = f.Size;
        var r = d.StoneRadius;
        var satin = f.FinishKind switch { 0 => metal.Finished(0.3f), 1 => metal.Finished(0.06f, Reliefs.Hammered(0.25f)), _ => metal };
        switch (d.Style)
        {
            case "flower":
                Flower(a, d, f, metal, satin, r);
                break;
            case "butterfly":
                Butterfly(a, d, f, metal, r);
                break;
            case "leaf":
                Leaf(a, d, f, metal, f.FinishKind == 1 ? metal.Finished(0.2f) : satin);
                break;
            case "bow":
                Bow(a, d, f, metal, satin, r);
                break;
            case "starburst":
                for (var i = 0; i < f.Rays; i++)
                {
                    var length = s * (i % 2 == 0 ? 1.15f : 0.75f);
                    var turn = Placement.TurnY(i * 2 * MathF.PI / f.Rays);
                    a.Add(Sweep.Tube(Sweep.Along(t => new Vector3(r * 0.8f + t * length, 0.15f, 0), _ => Vector3.UnitY, 10, false), Outline2.RoundedBox(0.11f, 0.06f, 0.05f, 3), false, t => 1.1f - 0.8f * t), metal, turn);
                    if (i % 2 == 0) Settings.Claws(a, f.Alternate ? Diamond : d.Stone!, GemCut.Round, 0.12f, metal, Placement.At(r * 0.8f + length, 0.2f, 0) * turn, 3);
                    else Settings.Melee(a, Diamond, 0.08f, metal, Placement.At(r * 0.8f + length * 0.6f, 0.22f, 0) * turn);
                }

                Settings.Claws(a, d.Stone!, d.Cut, r, metal, Placement.At(0, 0.35f, 0), 6);
                if (f.Open) Settings.Halo(a, Diamond, d.Cut, r, 0.09f, metal, Placement.At(0, 0.3f, 0));
                break;
            case "wreath":
                Wreath(a, d, f, metal, r);
                break;
            case "dragonfly":
                Dragonfly(a, d, f, metal, r);
                break;
            case "feather":
                Feather(a, d, f, metal);
                break;
            case "cameo":
                Settings.Bezel(a, d.Stone!, d.Cut, MathF.Min(r, 1.15f), metal, Placement.TurnY(MathF.PI / 2) * Placement.At(0, 0.3f, 0), 0.1f);
                Frame(a, d, f, metal, MathF.Min(r, 1.15f));
                break;
            case "bar pin":
                Bar(a, d, f, metal, r);
                break;
            case "crescent":
                Crescent(a, d, f, metal);
                break;
            default:
                Bouquet(a, d, f, metal);
                break;
        }
    }

    private sealed record Form(float Size, int Petals, int Rays, bool Open, bool Alternate, bool Stem, float Share, float Turn, int FinishKind)
    {
        public static Form Of(Design d)
        {
            var r = d.Form();
            return new Form(r.Between(1.1f, 1.5f), r.Whole(5, 8), r.Pick([8, 10, 12, 14]), r.Chance(0.5f), r.Chance(0.5f), r.Chance(0.5f), r.Next(), r.Between(-0.3f, 0.3f), r.Below(4));
        }
    }
}
