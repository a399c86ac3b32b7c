using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Close views of what hangs on a chain; the chain runs out of the picture.</summary>
internal sealed class Pendants : IJewelryCategory
{
    private static readonly GemCut[] Long = [GemCut.Pear, GemCut.Oval, GemCut.Emerald, GemCut.Cushion, GemCut.Marquise, GemCut.Round];

    public string Name => "pendants";

    public string Noun => "pendant";

    public int Displays => 3;

    public float Elevation => 0.95f;

    public IReadOnlyList<Style> Styles { get; } =
    [
        new("solitaire", "prong", Colours, Long, (0.8f, 3f), MetalKind.Precious),
        new("halo", "halo", Colours, [GemCut.Pear, GemCut.Oval, GemCut.Round, GemCut.Cushion], (0.8f, 2.5f), MetalKind.Precious),
        new("cross", "pave", Colours, [GemCut.Round], (0.02f, 0.04f), MetalKind.Precious),
        new("heart", "pave", Colours, [GemCut.Round], (0.02f, 0.04f), MetalKind.Precious),
        new("locket", "flush", Colours, [GemCut.Round], (0.05f, 0.15f), MetalKind.Precious),
        new("medallion", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
        new("crescent", "pave", Colours, [GemCut.Round], (0.02f, 0.04f), MetalKind.Precious),
        new("cabochon", "bezel", Opaque, [GemCut.Pear, GemCut.Oval, GemCut.Round], (4f, 12f), MetalKind.Precious),
        new("pearl drop", "cup", [Pearl, BlackPearl], [GemCut.Round], (7f, 16f), MetalKind.Precious),
        new("tree of life", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
        new("key", "prong", Colours, [GemCut.Round], (0.2f, 0.5f), MetalKind.Precious),
        new("star", "bezel", Colours, [GemCut.Round], (0.2f, 0.5f), MetalKind.Precious),
        new("geometric", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
    ];

    public Description Describe(Design design)
    {
        var f = Form.Of(design);
        string[] phrases = design.Style switch
        {
            "solitaire" => ["{cut} {stone} pendant in {metal}", "{metal} pendant with {a-cut} {stone}"],
            "halo" => ["{cut} {stone} halo pendant in {metal}", "{metal} pendant, {cut} {stone} framed by small stones"],
            "cross" => ["{stone} cross pendant in {metal}", "{metal} cross set with {stone}"],
            "heart" => [f.Open ? "Open heart pendant with {stone} in {metal}" : "{metal} heart pendant with {stone}", "{stone} heart pendant in {metal}"],
            "locket" => ["{metal} oval locket with {stone}", "Locket pendant in {metal}, {stone} star"],
            "medallion" => ["{metal} medallion pendant, " + f.Motif + " motif", "Coin pendant in {metal} with " + f.Motif],
            "crescent" => ["{stone} crescent moon pendant in {metal}", "{metal} moon pendant with {stone}"],
            "cabochon" => ["{cut} {stone} cabochon pendant in {metal}", "{metal} pendant with bezel-set {stone}"],
            "pearl drop" => ["{stone} drop pendant in {metal}", "{metal} pendant with a single {stone}"],
            "tree of life" => ["Tree of life pendant in {metal}", "{metal} tree pendant"],
            "key" => ["{metal} key pendant with {stone}", "{stone} key pendant in {metal}"],
            "star" => ["{metal} star pendant with {stone}", "{stone} star pendant in {metal}"],
            _ => ["Geometric " + f.Figure + " pendant in {metal}", "{metal} pendant, interlocking " + f.Figure],
        };
        return new Description(phrases, new Dictionary<string, object> { ["chain"] = f.Chain.Name, ["heightMm"] = MathF.Round(f.Size * 20) },
            3.5f + f.Size * 2, design.Style is "halo" or "cross" or "crescent" ? 380 : 150);
    }

    public Presentation Present(Design design, int display)
    {
        var f = Form.Of(design);
        var metal = design.MetalMaterial;
        var drop = Build(design, f);
        var (product, props, focus) = (new Assembly(), new Assembly(), new Assembly());
        if (display == 2)
        {
            var path = NeckPaths.Bust(f.Drop, f.ChainWidth * 0.5f);
            f.Chain.Lay(product, metal, path, f.ChainWidth);
            var front = path.At(0.5f);
            var normal = Vector3.Normalize(front.Up + new Vector3(0, 0, 0.35f));
            var up = Vector3.Normalize(Vector3.UnitY - normal * normal.Y);
            var hung = drop.Moved(Placement.Basis(Vector3.Cross(up, normal), up, normal, front.Position - up * 0.05f + front.Up * (0.12f - drop.Extent.Low.Z)));
            product.Add(hung);
            Props.Bust(props, Props.Cloth(design.Seed));
            focus.Add(hung.Moved(Placement.At(0, hung.Extent.Size.Y * 0.45f, 0)));
            focus.Add(hung);
            return new Presentation(product, props, focus);
        }

        var laid = drop.Moved(Hanging.Lying);
        laid = laid.Moved(Placement.At(0, -laid.Extent.Low.Y, 0.02f));
        product.Add(laid);
        f.Chain.Lay(product, metal, NeckPaths.Vee(f.Size * 3.2f, f.Size * 5.5f, f.ChainWidth * 0.5f), f.ChainWidth);
        focus.Add(laid);
        focus.Add(laid.Moved(Placement.At(0, 0, -laid.Extent.Size.Z * 0.42f)));
        if (display == 0) return new Presentation(product, props, focus);

        // On a padded board; the whole leans back towards the wall.
        Props.Board(props, Props.Cloth(design.Seed), f.Size * 4 + 2, f.Size * 6 + 3);
        var lean = Placement.TurnX(0.75f);
        var lift = Placement.At(0, -props.Moved(lean).Extent.Low.Y, 0);
        return new Presentation(product.Moved(lean * lift), props.Moved(lean * lift), focus.Moved(lean * lift));
    }

    private static Assembly Build(Design d, Form f)
    {
        var a = new Assembly();
        var metal = d.MetalMaterial;
        var size = f.Size;
        var y = Drops.Bail(a, metal, 0.13f + 0.04f * size);
        switch (d.Style)
        {
            case "solitaire":
                if (f.Open)
                {
                    Settings.Claws(a, Diamond, GemCut.Round, 0.15f, metal, Hanging.Front(0, y - 0.15f), 4);
                    y -= 0.32f;
                }

                Drops.Solitaire(a, d, metal, y, false, f.Bezel, f.Melee);
                break;
            case "halo":
                Drops.Solitaire(a, d, metal, y, true, f.Bezel, f.Melee);
                break;
            case "cross":
                Drops.Cross(a, d, metal, y, size, f.Set);
                if (!f.Set) Settings.Bezel(a, d.Stone!, GemCut.Round, size * 0.16f, metal, Hanging.Front(0, y - size * 0.68f, size * 0.13f));
                break;
            case "heart":
            {
                var heart = Outline2.Heart(size * 0.85f, 72);
                if (f.Open) Drops.Open(a, d.Stone, metal, y + size * 0.3f, heart, 0.085f);
                else
                    Drops.Plate(a, f.Finished(d.MetalMaterial), y + size * 0.3f, heart, 0.14f * size, at =>
                        Settings.Bezel(a, d.Stone!, GemCut.Round, size * 0.2f, metal, Placement.At(0, size * 0.12f, -size * 0.1f) * at));
                break;
            }

            case "locket":
                Drops.Plate(a, f.Finished(d.MetalMaterial), y, [.. Outline2.Ellipse(size * 0.72f, size * 0.95f, 64)], 0.16f, at =>
                {
                    for (var i = 0; i < f.Points; i++)
                    {
                        var p = Outline2.Turn(i * 2 * MathF.PI / f.Points) * size * 0.32f;
                        Settings.Melee(a, d.Stone!, size * 0.075f, metal, Placement.At(p.X, 0.13f, p.Y) * at);
                    }

                    Settings.Melee(a, f.Open ? Diamond : d.Stone!, size * 0.13f, metal, Placement.At(0, 0.17f, 0) * at);
                });
                a.Add(Solid.Ring(1, Outline2.Circle(0.05f, 8), 64), metal, Placement.Scale(size * 0.73f, 1, size * 0.96f) * Hanging.Front(0, y - size * 0.95f));
                break;
            case "medallion":
                Drops.Plate(a, f.Finished(d.MetalMaterial), y, Outline2.Circle(size * 0.85f, 64), 0, at => Motif(a, f, metal, size, at));
                a.Add(Solid.Wire(size * 0.8f, 0.06f, 64), metal, Hanging.Loop(0, y - size * 0.85f, 0.08f));
                break;
            case "crescent":
            {
                var at = Hanging.Front(0, y - size * 0.92f, 0);
                a.Add(Drops.Crescent(size), metal, at);
                for (var i = 0; i < 11; i++)
                {
                    var angle = MathF.PI * (0.5f + i / 10f);
                    var p = Outline2.Turn(angle) * size * 0.86f;
                    Settings.Melee(a, d.Stone!, size * (0.125f - 0.014f * MathF.Abs(i - 5)), metal, Placement.At(p.X, size * (0.09f - 0.004f * MathF.Abs(i - 5)), -p.Y) * at);
                }

                if (!f.Open) break;
                a.Add(Sweep.Wire(t => new Vector3(size * (0.25f - 1f * t), y - size * 0.92f, 0), 0.03f, 6), metal);
                a.Add(Solid.Plate(Outline2.Star(5, size * 0.26f, size * 0.11f, MathF.PI / 2), 0.06f, 0.03f, 0.05f), metal, Hanging.Front(size * 0.3f, y - size * 0.92f));
                break;
            }

            case "cabochon":
                Drops.Solitaire(a, d, metal, y, false, true, f.Melee);
                if (f.Set) Granulation(a, d, metal, y);
                break;
            case "pearl drop":
                if (f.Open)
                {
                    Settings.Bezel(a, Diamond, GemCut.Round, 0.16f, metal, Hanging.Front(0, y - 0.16f));
                    y -= 0.34f;
                }

                Drops.Pearl(a, d, metal, y, MathF.Min(0.75f, 0.24f * MathF.Cbrt(d.Carat)), f.Stretch);
                break;
            case "tree of life":
                Drops.Tree(a, d, metal, y, size * 0.95f);
                break;
            case "key":
                Drops.Key(a, d, metal, y, size * 0.8f);
                break;
            case "star":
                Drops.Plate(a, f.Finished(d.MetalMaterial), y, Outline2.Star(f.Points, size, size * (f.Open ? 0.5f : 0.32f), MathF.PI / 2), 0.12f, at =>
                    Settings.Bezel(a, d.Stone!, GemCut.Round, size * 0.2f, metal, Placement.At(0, 0.12f, 0) * at));
                break;
            default:
                Interlocked(a, f, metal, y, size * 0.62f);
                break;
        }

        return a;
    }

    private static void Motif(Assembly a, Form f, Material metal, float size, Matrix4x4 at)
    {
        switch (f.Motif)
        {
            case "star":
                a.Add(Solid.Plate(Outline2.Star(8, size * 0.6f, size * 0.24f), 0.03f, 0.02f, 0.06f), metal, at);
                break;
            case "sunburst":
                for (var i = 0; i < 24; i++)
                    a.Add(Sweep.Wire(t => new Vector3((0.24f + (i % 2 == 0 ? 0.42f : 0.28f) * t) * size, 0, 0), 0.035f, 5, false, t => 1.2f - t), metal, Placement.TurnY(i * MathF.PI / 12) * at);
                a.Add(Solid.Disc(size * 0.18f, 0.03f, 0.02f, 0.05f), metal, at);
                break;
            default:
                for (var i = 1; i <= 3; i++) a.Add(Solid.Wire(size * 0.19f * i, 0.03f, 48), metal, at);
                Settings.Bead(a, metal, size * 0.09f, at);
                break;
        }
    }

    private static void Granulation(Assembly a, Design d, Material metal, float y)
    {
        var r = d.StoneRadius;
        var at = Hanging.Front(0, y - r * d.Cut.HalfLength, 0, Hanging.Upright);
        foreach (var (p, _) in Outline2.Spaced([.. d.Cut.Girdle.Select(q => q * r)], 30, r * 0.24f))
            Settings.Bead(a, metal, r * 0.1f, Placement.At(p.X, r * 0.08f, p.Y) * at);
    }

    private static void Interlocked(Assembly a, Form f, Material metal, float y, float size)
    {
        var outline = f.Figure switch
        {
            "squares" => Outline2.RoundedBox(size * 0.85f, size * 0.85f, size * 0.15f),
            "triangles" => Outline2.Regular(3, size * 1.1f, MathF.PI / 2),
            "hexagons" => Outline2.Regular(6, size, MathF.PI / 2),
            _ => Outline2.Circle(size, 48),
        };
        for (var i = 0; i < 2; i++)
        {
            var one = new Assembly();
            Drops.Open(one, null, metal, 0, outline, 0.075f);
            a.Add(one, Placement.TurnY(i == 0 ? 0.16f : -0.16f) * Placement.At((i - 0.5f) * size * 0.62f, y - i * size * 0.55f + 0.05f, i * 0.12f));
        }
    }

    private sealed record Form(
        float Size, ChainKind Chain, float ChainWidth, float Drop, bool Open, bool Bezel, bool Set, float Melee, int Points, string Motif, string Figure,
        float Stretch, int FinishKind)
    {
        public static Form Of(Design d)
        {
            var r = d.Form();
            return new Form(
                r.Between(0.75f, 1.25f), r.Pick(Chains.Fine), r.Between(0.11f, 0.16f), r.Between(4.4f, 6f), r.Chance(0.5f), r.Chance(0.35f), r.Chance(0.6f),
                r.Between(0.06f, 0.09f), r.Pick([5, 6, 8]), r.Pick(["star", "sunburst", "rings"]), r.Pick(["circles", "squares", "triangles", "hexagons"]),
                r.Between(1, 1.35f), r.Below(4));
        }

        public Metal Finished(Metal metal) => FinishKind switch { 0 => metal.Finished(0.05f, Reliefs.Hammered(0.2f)), 1 => metal.Finished(0.28f), _ => metal };
    }
}
