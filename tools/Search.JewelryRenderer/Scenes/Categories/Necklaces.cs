using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Whole necklaces: always closed, on the table, on a board or around a bust.</summary>
internal sealed class Necklaces : IJewelryCategory
{

    public string Name => "necklaces";

    public string Noun => "necklace";

    public int Displays => 3;

    public float Elevation => 0.95f;

    public IReadOnlyList<Style> Styles { get; } =
    [
        new("chain", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
        new("pearl strand", "strung", [Pearl, BlackPearl], [GemCut.Round], (2f, 6f), MetalKind.Precious),
        new("riviere", "prong", Colours, [GemCut.Round, GemCut.Oval, GemCut.Emerald], (0.4f, 1.2f), MetalKind.Precious),
        new("beads", "strung", Opaque, [GemCut.Round], (2f, 6f), MetalKind.Precious),
        new("station", "bezel", Colours, [GemCut.Round, GemCut.Oval, GemCut.Pear], (0.4f, 1f), MetalKind.Precious),
        new("fringe", "prong", Colours, [GemCut.Pear, GemCut.Marquise, GemCut.Oval], (0.7f, 1.6f), MetalKind.Precious),
        new("bar", "flush", Colours, [GemCut.Round], (0.05f, 0.1f), MetalKind.Precious),
        new("lariat", "prong", Colours, [GemCut.Pear, GemCut.Round, GemCut.Oval], (1f, 2.5f), MetalKind.Precious),
        new("layered", "bezel", Colours, [GemCut.Round, GemCut.Cushion], (0.6f, 1.5f), MetalKind.Precious),
        new("pendant necklace", "halo", Colours, [GemCut.Oval, GemCut.Round, GemCut.Pear, GemCut.Cushion], (2f, 5f), MetalKind.Precious),
        new("collar", "bezel", Opaque, [GemCut.Oval, GemCut.Round, GemCut.Pear], (10f, 22f), MetalKind.Precious),
        new("coins", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
    ];

    public Description Describe(Design design)
    {
        var f = Form.Of(design);
        string[] phrases = design.Style switch
        {
            "chain" => ["{metal} " + f.Statement.Name + " chain necklace", f.Statement.Name.ToTitle() + " chain in {metal}"],
            "pearl strand" => [f.Graduated ? "Graduated {stone} necklace with {metal} clasp" : "Strand of {stone} with {metal} clasp", "{stone} necklace, {metal} clasp"],
            "riviere" => ["{stone} rivière necklace in {metal}", "{metal} tennis necklace with {cut} {stone}"],
            "beads" => ["{stone} bead necklace with {metal}", "Beaded {stone} necklace, {metal} accents"],
            "station" => ["{stone} station necklace in {metal}", "{metal} chain necklace with {cut} {stone} by the yard"],
            "fringe" => ["{stone} fringe necklace in {metal}", "{metal} statement necklace with {cut} {stone} drops"],
            "bar" => ["{metal} bar necklace with {stone}", "{stone} bar necklace in {metal}"],
            "lariat" => ["{metal} lariat necklace with {a-cut} {stone}", "Y-necklace with {stone} in {metal}"],
            "layered" => ["Layered {metal} necklace with {stone}", "Double-strand {stone} necklace in {metal}"],
            "pendant necklace" => ["{cut} {stone} necklace with diamond halo in {metal}", "{metal} necklace with {a-cut} {stone} in a halo"],
            "collar" => ["{metal} collar with {stone}", "Rigid {metal} torque, {cut} {stone}"],
            _ => ["{metal} coin charm necklace", "Necklace with discs in {metal}"],
        };
        var attributes = new Dictionary<string, object>
        {
            ["chain"] = design.Style switch { "chain" => f.Statement.Name, "pearl strand" or "beads" => "strung", "riviere" => "line", "collar" => "rigid", _ => f.Fine.Name },
            ["lengthCm"] = f.LengthCm,
        };
        return new Description(phrases, attributes, design.Style is "chain" or "collar" ? 18 : 8, design.Style is "riviere" or "fringe" ? 2400 : design.Style == "pendant necklace" ? 600 : 220);
    }

    public Presentation Present(Design design, int display)
    {
        var f = Form.Of(design);
        var (product, props) = (new Assembly(), new Assembly());
        if (display == 1)
        {
            Build(product, design, f, layer => NeckPaths.Bust(f.Drop + layer * 2.2f, f.Lift(design)), bust: true);
            Props.Bust(props, Props.Cloth(design.Seed));
            return new Presentation(product, props, FrontOf(product));
        }

        Build(product, design, f, layer => NeckPaths.Loop(4.5f + layer * 0.6f + 0.6f * f.Share, 5.3f + layer * 1.3f + 0.8f * f.Share, f.Lift(design)), bust: false);
        product = product.RestingAt(0);
        if (display == 0) return new Presentation(product, props);
        Props.Board(props, Props.Cloth(design.Seed), 9.5f, 13);
        var lean = Placement.TurnX(0.8f);
        var lift = Placement.At(0, -props.Moved(lean).Extent.Low.Y, 0);
        return new Presentation(product.Moved(lean * lift), props.Moved(lean * lift));
    }

    private static void Build(Assembly a, Design d, Form f, Func<int, ChainPath> path, bool bust)
    {
        var metal = d.MetalMaterial;
        var main = path(0);
        var r = d.StoneRadius;
        var hang = new Hanger(a, bust);
        switch (d.Style)
        {
            case "chain":
                f.Statement.Lay(a, metal, main, f.Wide);
                Clasp(a, metal, main);
                break;
            case "pearl strand":
            case "beads":
                Strand(a, d, f, metal, main);
                Clasp(a, metal, main);
                if (f.Double) Strand(a, d, f, metal, path(1));
                break;
            case "riviere":
            {
                var size = r * 0.8f;
                Chains.Stones(
                    a,
                    (i, n) => (f.Alternate && i % 2 == 1 ? Diamond : d.Stone!, d.Cut, size * (f.Graduated ? 0.6f + 0.5f * MathF.Pow(MathF.Sin(MathF.PI * i / n), 3) : 0.85f)),
                    metal, main, size * 1.95f * (d.Cut == GemCut.Round ? 1 : d.Cut.HalfLength * 0.98f));
                break;
            }

            case "station":
            {
                f.Fine.Lay(a, metal, main, f.Narrow);
                for (var i = 1; i < f.Stations; i++)
                    Settings.Bezel(a, f.Alternate && i % 2 == 0 ? Diamond : d.Stone!, d.Cut, r, metal, Placement.At(0, r * 0.3f, 0) * main.At(i / (float)f.Stations).Frame());
                Clasp(a, metal, main);
                break;
            }

            case "fringe":
                f.Fine.Lay(a, metal, main, f.Narrow * 1.2f);
                for (var i = -f.Fringe; i <= f.Fringe; i++)
                {
                    var size = r * (1.15f - 0.6f * MathF.Abs(i) / f.Fringe);
                    var drop = new Assembly();
                    var y = Drops.Bail(drop, metal, 0.13f);
                    if (f.Alternate || i % 2 == 0)
                    {
                        Settings.Claws(drop, Diamond, GemCut.Round, 0.15f, metal, Hanging.Front(0, y - 0.12f), 4);
                        y -= 0.28f;
                    }

                    Settings.Claws(drop, d.Stone!, d.Cut, size, metal, Hanging.Front(0, y - size * d.Cut.HalfLength, 0, Hanging.Upright), 5);
                    hang.On(main, 0.5f + i * 0.032f, drop);
                }

                Clasp(a, metal, main);
                break;
            case "bar":
            {
                f.Fine.Lay(a, metal, main, f.Narrow);
                var bar = new Assembly();
                var half = 1.5f + f.Share;
                bar.Add(Solid.Box(new Vector3(half, 0.14f, 0.14f + 0.06f * f.Share), 0.06f), metal, Hanging.Front(0, -0.1f));
                var count = f.Stations + 2;
                for (var i = 0; i < count; i++)
                    Settings.Melee(bar, f.Alternate && i % 2 == 1 ? Diamond : d.Stone!, 0.12f, metal, Hanging.Front((i - (count - 1) / 2f) * (f.Graduated ? 1.9f * half / count : 0.28f), -0.1f, 0.13f));
                hang.On(main, 0.5f, bar);
                Clasp(a, metal, main);
                break;
            }

            case "lariat":
            {
                f.Fine.Lay(a, metal, main, f.Narrow);
                var tail = new Assembly();
                Settings.Bezel(tail, Diamond, GemCut.Round, 0.28f, metal, Hanging.Front(0, -0.1f));
                var length = 2.2f + 1.6f * f.Share;
                f.Fine.Lay(tail, metal, new ChainPath(t => new Vector3(0, -0.35f - t * length, 0), _ => Vector3.UnitZ, false), f.Narrow);
                Settings.Claws(tail, d.Stone!, d.Cut, r * 1.2f, metal, Hanging.Front(0, -0.45f - length - r * 1.2f * d.Cut.HalfLength, 0, Hanging.Upright), 5);
                hang.On(main, 0.5f, tail);
                Clasp(a, metal, main);
                break;
            }

            case "layered":
                f.Fine.Lay(a, metal, main, f.Narrow);
                f.Statement.Lay(a, metal, path(1), f.Wide * 0.6f);
                for (var i = -2; i <= 2; i++)
                    Settings.Bezel(a, i == 0 ? d.Stone! : f.Alternate ? Diamond : d.Stone!, d.Cut, r * (i == 0 ? 1.2f : 0.75f), metal,
                        Placement.At(0, r * 0.3f, 0) * main.At(0.5f + i * 0.055f).Frame());
                Clasp(a, metal, main);
                break;
            case "pendant necklace":
            {
                f.Fine.Lay(a, metal, main, f.Narrow * 1.15f);
                var drop = new Assembly();
                var y = Drops.Bail(drop, metal, 0.2f);
                Drops.Solitaire(drop, d, metal, y, true, f.Alternate, 0.11f);
                hang.On(main, 0.5f, drop);
                Clasp(a, metal, main);
                break;
            }

            case "collar":
                a.Add(Sweep.Tube(Sweep.Along(main.Position, main.Up, 160, true), f.Alternate ? Outline2.Circle(0.2f, 14) : Outline2.RoundedBox(0.32f, 0.1f, 0.08f), true,
                    t => 0.7f + 0.5f * MathF.Sin(MathF.PI * t)), f.Finished(d.MetalMaterial));
                Settings.Bezel(a, d.Stone!, d.Cut, r, metal, Placement.At(0, 0.28f, 0) * main.At(0.5f).Frame());
                if (f.Graduated)
                    foreach (var side in (int[])[-1, 1]) Settings.Bezel(a, d.Stone!, GemCut.Round, r * 0.5f, metal, Placement.At(0, 0.26f, 0) * main.At(0.5f + side * 0.058f).Frame());
                break;
            default:
                f.Fine.Lay(a, metal, main, f.Narrow * 1.2f);
                for (var i = -f.Fringe; i <= f.Fringe; i++)
                {
                    var size = 0.42f + 0.25f * f.Share - 0.03f * MathF.Abs(i);
                    var coin = new Assembly();
                    coin.Add(Solid.Wire(0.12f, 0.03f, 20), metal, Hanging.SideLoop(0, -0.02f));
                    coin.Add(Solid.Disc(size, 0.04f, 0.03f), f.Finished(d.MetalMaterial), Hanging.Front(0, -0.1f - size));
                    if (f.Alternate) coin.Add(Solid.Wire(size * 0.6f, 0.03f, 36), metal, Hanging.Loop(0, -0.1f - size, 0.04f));
                    hang.On(main, 0.5f + i * 0.036f * (1 + 0.4f * f.Share), coin);
                }

                Clasp(a, metal, main);
                break;
        }
    }

    private static void Strand(Assembly a, Design d, Form f, Material metal, ChainPath path)
    {
        var count = (int)(path.Length / (2.04f * f.Bead));
        var shares = path.Spaced(count);
        for (var i = 0; i < count; i++)
        {
            var size = f.Bead * (f.Graduated ? 0.62f + 0.52f * MathF.Pow(MathF.Sin(MathF.PI * shares[i]), 2) : 1);
            var accent = d.Style == "beads" && i % f.Stations == 0;
            Settings.Bead(a, accent ? metal : d.Stone!.Material, MathF.Min(size, f.Bead * 1.02f) * (accent ? 0.8f : 1), path.At(shares[i]).Frame());
        }
    }

    private static void Clasp(Assembly a, Material metal, ChainPath path)
    {
        var at = path.At(0).Frame();
        a.Add(Sphere.Unit, metal, Placement.Scale(0.42f, 0.16f, 0.2f) * at);
        a.Add(Solid.Wire(0.17f, 0.045f, 24), metal, Placement.At(0.5f, 0, 0) * at);
    }

    /// <summary>The front half: what a shop shows of a necklace on a bust.</summary>
    private static Assembly FrontOf(Assembly product)
    {
        var focus = new Assembly();
        var middle = product.Extent.Centre.Z;
        foreach (var part in product)
            if (part.Bounds.Centre.Z > middle - 1.2f) focus.Add(part.Shape, part.Material, part.Placement);
        return focus;
    }

    /// <summary>Hangs drops from a path: lying on the table they point away from the loop's middle, on a bust they fall.</summary>
    private sealed class Hanger(Assembly into, bool bust)
    {
        public void On(ChainPath path, float share, Assembly drop)
        {
            var at = path.At(share);
            var front = bust ? Vector3.Normalize(at.Up + new Vector3(0, 0, 0.2f)) : Vector3.UnitY;
            var outwards = Vector3.Normalize(Vector3.Cross(at.Tangent, at.Up));
            if (outwards.Z < 0 && !bust || bust && outwards.Y > 0) outwards = -outwards;
            var up = bust ? Vector3.UnitY : -Vector3.Normalize(outwards + new Vector3(0, 0, 0.5f));
            up = Vector3.Normalize(up - front * Vector3.Dot(up, front));
            var lift = bust ? 0.1f - drop.Extent.Low.Z : -at.Position.Y - drop.Extent.Low.Z + 0.01f;
            into.Add(drop, Placement.Basis(Vector3.Cross(up, front), up, front, at.Position + front * lift));
        }
    }

    private sealed record Form(
        ChainKind Statement, ChainKind Fine, float Wide, float Narrow, float Bead, bool Graduated, bool Alternate, bool Double, int Stations, int Fringe,
        float Share, float Drop, int FinishKind, float LengthCm)
    {
        public static Form Of(Design d)
        {
            var r = d.Form();
            var chain = (int)(d.Seed % (ulong)Chains.Statement.Count);
            return new Form(
                Chains.Statement[chain], r.Pick(Chains.Fine), r.Between(0.5f, 0.85f), r.Between(0.23f, 0.32f), r.Between(0.34f, 0.52f), r.Chance(0.5f), r.Chance(0.5f),
                r.Chance(0.25f), r.Pick([5, 7, 9]), r.Whole(2, 5), r.Next(), r.Between(3.4f, 5.2f), r.Below(4), 5 * r.Whole(8, 10));
        }

        public float Lift(Design d) => d.Style switch { "pearl strand" or "beads" => Bead, "chain" => Wide * 0.42f, "collar" => 0.2f, "riviere" => 0.12f, _ => Narrow * 0.5f };

        public Metal Finished(Metal metal) => FinishKind switch { 0 => metal.Finished(0.05f, Reliefs.Hammered(0.3f)), 1 => metal.Finished(0.28f), _ => metal };
    }
}
