using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Finger rings, standing with their axis along z.</summary>
internal sealed class Rings : IJewelryCategory
{
    private const float Inner = 0.85f;
    private static readonly GemCut[] Fancy = [GemCut.Round, GemCut.Oval, GemCut.Pear, GemCut.Marquise, GemCut.Cushion, GemCut.Princess, GemCut.Emerald, GemCut.Asscher];

    public string Name => "rings";

    public string Noun => "ring";

    public int Displays => 3;

    public float Elevation => 0.5f;

    public IReadOnlyList<Style> Styles { get; } =
    [
        new("solitaire", "prong", Colours, Fancy, (0.5f, 2.2f), MetalKind.Precious),
        new("halo", "halo", Colours, [GemCut.Round, GemCut.Oval, GemCut.Cushion, GemCut.Pear, GemCut.Emerald], (0.7f, 2.4f), MetalKind.Precious),
        new("three-stone", "prong", Colours, [GemCut.Round, GemCut.Oval, GemCut.Emerald, GemCut.Cushion], (0.6f, 1.6f), MetalKind.Precious),
        new("pave shoulders", "prong", Colours, Fancy, (0.6f, 1.8f), MetalKind.Precious),
        new("eternity", "shared prong", Colours, [GemCut.Round, GemCut.Oval, GemCut.Baguette], (0.12f, 0.2f), MetalKind.Precious),
        new("signet", "inlay", Opaque, [GemCut.Cushion, GemCut.Oval, GemCut.Round], (2.5f, 4f), MetalKind.Precious),
        new("band", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
        new("cabochon bezel", "bezel", Opaque, [GemCut.Oval, GemCut.Round, GemCut.Pear], (2f, 5f), MetalKind.Precious),
        new("flower cluster", "cluster", Colours, [GemCut.Round], (0.4f, 0.8f), MetalKind.Precious),
        new("twisted band", "bezel", Colours, [GemCut.Round, GemCut.Oval, GemCut.Pear], (0.4f, 1.2f), MetalKind.Precious),
        new("toi et moi", "prong", Colours, [GemCut.Pear, GemCut.Oval, GemCut.Round], (0.5f, 1.1f), MetalKind.Precious),
        new("pearl", "cup", [Pearl, BlackPearl], [GemCut.Round], (4f, 9f), MetalKind.Precious),
        new("cigar band", "flush", Colours, [GemCut.Round], (0.05f, 0.12f), MetalKind.Precious),
    ];

    public Description Describe(Design design)
    {
        var f = Form.Of(design);
        var attributes = new Dictionary<string, object> { ["band"] = f.Profile, ["bandWidthMm"] = MathF.Round(f.Width * 20, 1) };
        string[] phrases = design.Style switch
        {
            "solitaire" => ["{cut} {stone} solitaire ring in {metal}", "{metal} solitaire ring with {a-cut} {stone}"],
            "halo" => ["{cut} {stone} halo ring in {metal}", "{metal} ring with {a-cut} {stone} in a diamond halo"],
            "three-stone" => ["Three-stone {stone} ring in {metal}, {cut} centre", "{metal} trilogy ring with {a-cut} {stone}"],
            "pave shoulders" => ["{cut} {stone} ring with pavé shoulders in {metal}", "{metal} engagement ring, {cut} {stone} on a pavé band"],
            "eternity" => ["{stone} eternity ring in {metal}", "{metal} eternity band set with {cut} {stone}"],
            "signet" => ["{metal} signet ring with {stone} inlay", "{cut} {stone} signet ring in {metal}"],
            "band" => ["Plain " + f.Profile + " band in {metal}", "{metal} wedding band, " + f.Profile + " profile"],
            "cabochon bezel" => ["{cut} {stone} cabochon ring in {metal}", "Bezel-set {stone} ring in {metal}"],
            "flower cluster" => ["{stone} flower cluster ring in {metal}", "{metal} daisy ring with {stone}"],
            "twisted band" => ["{metal} rope-twist ring with {a-cut} {stone}", "{cut} {stone} ring on a twisted {metal} band"],
            "toi et moi" => ["Toi et moi ring with {stone} and diamond in {metal}", "{metal} toi et moi ring, {cut} {stone}"],
            "pearl" => ["{stone} ring in {metal} with diamond shoulders", "{metal} ring with a single {stone}"],
            _ => ["Wide {metal} cigar band with flush-set {stone}", "{metal} band scattered with {stone}"],
        };
        var labour = design.Style switch { "halo" or "pave shoulders" => 520f, "eternity" or "flower cluster" => 640f, "band" => 90f, "cigar band" => 380f, _ => 240f };
        return new Description(phrases, attributes, 2.2f + f.Width * 14, labour);
    }

    public Presentation Present(Design design, int display)
    {
        var piece = Build(design);
        var props = new Assembly();
        switch (display)
        {
            case 1:
            {
                // Sunk into a ring pad to a third of its height.
                var low = -Inner - 0.1f;
                Props.RingPad(props, Props.Cloth(design.Seed), 1.9f, 1.1f);
                var sunk = piece.Moved(Placement.At(0, -0.25f, 0));
                var pad = props.Moved(Placement.At(0, -0.25f + low + 0.75f, 0)).RestingAt(0);
                var padTop = pad.Extent.High.Y;
                return new Presentation(sunk.Moved(Placement.At(0, padTop + 0.25f - (low + 0.75f), 0)), pad);
            }

            case 2:
                // Tipped over on its side, head towards the viewer, as put down on a table.
                return new Presentation(piece.Moved(Placement.TurnX(0.95f)).RestingAt(0), props);
            default:
                return new Presentation(piece.Moved(Placement.TurnX(0.22f)).RestingAt(0), props);
        }
    }

    private static Assembly Build(Design d)
    {
        var f = Form.Of(d);
        var a = new Assembly();
        var metal = d.MetalMaterial;
        var top = Inner + f.Thickness;
        var r = d.StoneRadius;
        var spin = f.Across ? MathF.PI / 2 : 0;
        var crown = Placement.TurnY(spin) * Placement.At(0, top + r * 0.72f, 0);
        switch (d.Style)
        {
            case "solitaire":
                Shank(a, f, metal);
                Settings.Claws(a, d.Stone!, d.Cut, r, metal, crown, f.Claws);
                break;
            case "halo":
                Shank(a, f, metal);
                Settings.Claws(a, d.Stone!, d.Cut, r, metal, crown, 4);
                Settings.Halo(a, Diamond, d.Cut, r, f.Melee, metal, crown);
                if (f.Shoulders) Shoulders(a, f, metal, Diamond, 0.48f, 5);
                break;
            case "three-stone":
                Shank(a, f, metal);
                Settings.Claws(a, d.Stone!, d.Cut, r, metal, crown, 4);
                foreach (var side in (int[])[-1, 1])
                {
                    var small = r * f.SideShare;
                    var angle = side * (r * (f.Across ? d.Cut.HalfWidth : d.Cut.HalfLength) + small * 1.02f) / top;
                    Settings.Claws(a, f.AccentSame ? d.Stone! : Diamond, f.AccentSame ? d.Cut : GemCut.Round, small, metal,
                        Placement.TurnY(f.AccentSame ? spin : 0) * Placement.At(0, small * 0.6f, 0) * Bands.On(top, angle), 4);
                }

                break;
            case "pave shoulders":
                Shank(a, f, metal);
                Settings.Claws(a, d.Stone!, d.Cut, r, metal, crown, f.Claws);
                Shoulders(a, f, metal, d.Stone == Diamond || !f.AccentSame ? Diamond : d.Stone!, r * 0.8f / top + 0.1f, 7);
                break;
            case "eternity":
                Eternity(a, d, f, metal);
                break;
            case "signet":
            {
                var k = 2.2f + f.Width * 2;
                a.Add(Bands.Shank(Inner, Outline2.HalfRound(f.Thickness, 0.17f, 24), angle => Vector2.Lerp(new(1, 1), new(1.25f, k), MathF.Pow(Bands.Height(angle), 4))), metal);
                a.Add(Solid.Plate([.. d.Cut.Girdle.Select(p => p * (r + 0.14f))], 0.12f, 0.07f), metal, Placement.TurnY(spin) * Placement.At(0, top + 0.03f, 0));
                a.Add(Solid.Plate([.. d.Cut.Girdle.Select(p => p * r)], 0.04f, 0.02f, 0.02f), d.Stone!.Material, Placement.TurnY(spin) * Placement.At(0, top + 0.135f, 0));
                break;
            }

            case "band":
                a.Add(Bands.Shank(Inner, f.Section(), segments: 128), f.Finish(metal));
                if (f.Grooves)
                    foreach (var side in (int[])[-1, 1])
                        a.Add(Bands.Shank(Inner + f.Thickness * 0.55f, Outline2.Circle(f.Thickness * 0.42f, 10)), metal, Placement.At(0, 0, side * f.Width * 1.05f));
                break;
            case "cabochon bezel":
                Shank(a, f, metal);
                Settings.Bezel(a, d.Stone!, d.Cut, r, metal, Placement.TurnY(spin) * Placement.At(0, top + r * 0.3f, 0));
                if (f.Shoulders) Granules(a, d, r, metal, top, spin);
                break;
            case "flower cluster":
                Shank(a, f, metal);
                Flower(a, d, f, metal, top);
                break;
            case "twisted band":
                Twist(a, f, metal);
                Settings.Bezel(a, d.Stone!, d.Cut, r, metal, Placement.TurnY(spin) * Placement.At(0, top + r * 0.45f, 0));
                break;
            case "toi et moi":
                a.Add(Bands.Shank(Inner, f.Section(), drift: angle => 0.22f * MathF.Cos(angle) * MathF.Pow(Bands.Height(angle), 3)), metal);
                Settings.Claws(a, d.Stone!, d.Cut, r, metal, Placement.TurnY(0.8f) * Placement.At(-r * 0.15f, r * 0.65f, r * 0.75f) * Bands.On(top, -0.14f), 5);
                Settings.Claws(a, Diamond, f.AccentSame ? d.Cut : GemCut.Round, r * 0.92f, metal, Placement.TurnY(0.8f + MathF.PI) * Placement.At(r * 0.15f, r * 0.65f, -r * 0.75f) * Bands.On(top, 0.14f), 5);
                break;
            case "pearl":
            {
                var pearl = MathF.Min(0.5f, 0.24f * MathF.Cbrt(d.Carat));
                Shank(a, f, metal);
                Settings.Claws(a, d.Stone!, d.Cut, pearl, metal, Placement.At(0, top + pearl * 0.6f, 0), 4);
                if (f.AccentSame) Settings.Halo(a, Diamond, GemCut.Round, pearl * 0.72f, f.Melee, metal, Placement.At(0, top + pearl * 0.3f, 0), pearl * 0.34f);
                else Shoulders(a, f, metal, Diamond, pearl * 0.8f, 4);
                break;
            }

            default:
                Cigar(a, d, f, metal);
                break;
        }

        return a;
    }

    private static void Shank(Assembly a, Form f, Material metal) =>
        a.Add(Bands.Shank(Inner, f.Section(), angle => Vector2.Lerp(Vector2.One, new(1, f.Taper), Bands.Height(angle))), metal);

    private static void Shoulders(Assembly a, Form f, Material metal, StoneKind stone, float start, int count)
    {
        var melee = MathF.Min(f.Melee, f.Width * f.Taper * 0.85f);
        for (var i = 0; i < count; i++)
            foreach (var side in (int[])[-1, 1])
                Settings.Melee(a, stone, melee, metal, Bands.On(Inner + f.Thickness + melee * 0.12f, side * (start + i * melee * 2.3f / Inner)));
    }

    private static void Eternity(Assembly a, Design d, Form f, Material metal)
    {
        var size = 0.1f + 0.06f * f.SideShare;
        var pitch = size * 2.12f;
        var count = (int)(2 * MathF.PI * (Inner + 0.1f) / pitch);
        a.Add(Bands.Shank(Inner, Outline2.RoundedBox(0.06f, size * 1.05f, 0.03f)), metal);
        for (var i = 0; i < count; i++)
        {
            var at = Bands.On(Inner + 0.13f, i * 2 * MathF.PI / count);
            var stone = f.AccentSame && i % 2 == 1 ? Diamond : d.Stone!;
            var cut = d.Cut == GemCut.Oval ? GemCut.Oval : d.Cut == GemCut.Baguette ? GemCut.Baguette : GemCut.Melee;
            var radius = size / MathF.Max(1, cut.HalfLength) * (cut == GemCut.Melee ? 1 : 1.25f);
            Settings.Stone(a, stone, cut, radius, Placement.TurnY(MathF.PI / 2) * at);
            foreach (var z in (int[])[-1, 1])
                Settings.Bead(a, metal, 0.035f, Placement.At(size * 1.03f, 0.02f, z * size * 0.85f) * at);
        }
    }

    private static void Granules(Assembly a, Design d, float r, Material metal, float top, float spin)
    {
        var ring = d.Cut.Girdle.Select(p => p * r).ToArray();
        foreach (var (p, _) in Outline2.Spaced(ring, 28, 0.11f))
            Settings.Bead(a, metal, 0.055f, Placement.At(p.X, 0, p.Y) * Placement.TurnY(spin) * Placement.At(0, top + r * 0.18f, 0));
    }

    private static void Flower(Assembly a, Design d, Form f, Material metal, float top)
    {
        var petal = d.StoneRadius * 0.72f;
        var core = petal * 0.95f;
        for (var i = 0; i < f.Petals; i++)
        {
            var angle = i * 2 * MathF.PI / f.Petals;
            var reach = MathF.Max(core + petal * 0.9f, petal / MathF.Sin(MathF.PI / f.Petals));
            var p = Outline2.Turn(angle) * reach;
            Settings.Claws(a, d.Stone!, f.AccentSame ? GemCut.Pear : GemCut.Round, petal * (f.AccentSame ? 0.8f : 1), metal,
                Placement.TurnY(MathF.PI - angle) * Placement.Facing(new Vector3(p.X, top + petal * 0.62f, p.Y), new Vector3(p.X, 2.4f * reach, p.Y), Vector3.UnitZ), 3);
        }

        Settings.Claws(a, d.Stone == Diamond ? Sapphire : Diamond, GemCut.Round, core, metal, Placement.At(0, top + petal * 0.95f, 0), 4);
        a.Add(Solid.Disc(petal * 2, 0.03f, 0.02f), metal, Placement.At(0, top + 0.04f, 0));
    }

    private static void Twist(Assembly a, Form f, Material metal)
    {
        for (var strand = 0; strand < 2; strand++)
        {
            var phase = strand * MathF.PI;
            a.Add(Sweep.Wire(
                t =>
                {
                    var d = Outline2.Turn(t * 2 * MathF.PI);
                    var (sin, cos) = MathF.SinCos(t * f.Petals * 4 * MathF.PI + phase);
                    var radius = Inner + f.Thickness * 0.6f + cos * f.Thickness * 0.55f;
                    return new Vector3(d.X * radius, d.Y * radius, sin * f.Thickness * 0.7f);
                },
                f.Thickness * 0.6f, 260, true), metal);
        }
    }

    private static void Cigar(Assembly a, Design d, Form f, Metal metal)
    {
        var width = 0.42f + f.Width;
        a.Add(Bands.Shank(Inner, Outline2.RoundedBox(0.075f, width, 0.05f), segments: 128), f.Finish(metal));
        var form = d.Form();
        for (var i = 0; i < 16 + 10 * f.SideShare; i++)
        {
            var at = Bands.On(Inner + 0.072f, (i / 12f - 1) * 1.5f + form.Between(-0.05f, 0.05f), form.Between(-0.78f, 0.78f) * width);
            Settings.Melee(a, i % 3 == 2 ? Diamond : d.Stone!, form.Between(0.05f, 0.095f), metal, at);
        }
    }

    /// <summary>The free dimensions of a ring.</summary>
    private sealed record Form(
        string Profile, float Width, float Thickness, float Taper, int Claws, bool Across, bool AccentSame, bool Shoulders, float Melee,
        float SideShare, int Petals, bool Grooves, int FinishKind)
    {
        public static Form Of(Design d)
        {
            var r = d.Form();
            string[] profiles = ["half-round", "flat", "knife-edge", "court"];
            var wide = d.Style == "band";
            return new Form(
                r.Pick(profiles), wide ? r.Between(0.14f, 0.38f) : r.Between(0.08f, 0.17f), wide ? r.Between(0.1f, 0.16f) : r.Between(0.1f, 0.15f),
                r.Between(0.6f, 1.3f), r.Pick([4, 4, 6]), r.Chance(0.5f), r.Chance(0.5f), r.Chance(0.6f), r.Between(0.06f, 0.09f),
                r.Between(0.5f, 0.85f), r.Whole(5, 7), r.Chance(0.35f), r.Below(4));
        }

        public Vector2[] Section() => Profile switch
        {
            "half-round" => Outline2.HalfRound(Thickness, Width, 24),
            "flat" => Outline2.RoundedBox(Thickness, Width, Thickness * 0.3f),
            "knife-edge" => Outline2.KnifeEdge(Thickness * 1.15f, Width, 24),
            _ => Outline2.Superellipse(Thickness, Width, 2.6f, 24),
        };

        public Metal Finish(Metal metal) => FinishKind switch
        {
            0 => metal.Finished(0.05f, Reliefs.Hammered(0.16f)),
            1 => metal.Finished(0.3f),
            _ => metal,
        };
    }
}
