using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Wrist watches: dial up in the x-z plane, twelve towards -z.</summary>
internal sealed partial class Watches : IJewelryCategory
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
        props.Add(Solid.Disc(1, 1, 0.45f, 0, 48), Props.Cloth(design.Seed), Placement.Scale(rx - 0.14f, f.Width * 1.15f + 0.35f, rz - 0.14f) * Placement.TurnZ(MathF.PI / 2));
        var turn = Placement.TurnX(0.75f);
        var all = new Assembly();
        all.Add(product, turn);
        all.Add(props, turn);
        var lift = Placement.At(0, -all.Extent.Low.Y, 0);
        return new Presentation(product.Moved(turn * lift), props.Moved(turn * lift));
    }

    private sealed record Form(
        float Radius, float Thick, float Width, (string Name, Vector3 Colour) Dial, (string Name, Vector3 Colour) Leather, string StrapKind, string Markers, bool Sunray,
        bool Date, bool Contrast, bool TwoCounters, bool Brushed, bool Stitched, bool TwoFinish, int FinishKind, float Hour, float Minute, float Second, float Turn, int Plan)
    {
        /// <summary>Where the strap begins, from the middle of the dial.</summary>
        public float Reach => Radius;

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
