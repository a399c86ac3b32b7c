using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes.Elements;
using static Search.JewelryRenderer.Materials.StoneKind;

namespace Search.JewelryRenderer.Scenes.Categories;

/// <summary>Bracelets: built around the y axis, front towards +z.</summary>
internal sealed class Bracelets : IJewelryCategory
{

    public string Name => "bracelets";

    public string Noun => "bracelet";

    public int Displays => 2;

    public float Elevation => 0.62f;

    public IReadOnlyList<Style> Styles { get; } =
    [
        new("bangle", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
        new("tennis", "prong", Colours, [GemCut.Round, GemCut.Oval, GemCut.Princess, GemCut.Emerald], (0.2f, 0.5f), MetalKind.Precious),
        new("chain", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
        new("beads", "strung", Opaque, [GemCut.Round], (1f, 4f), MetalKind.Precious),
        new("cuff", "bezel", Opaque, [GemCut.Oval, GemCut.Round, GemCut.Pear], (6f, 16f), MetalKind.Precious),
        new("pave bangle", "pave", Colours, [GemCut.Round], (0.05f, 0.1f), MetalKind.Precious),
        new("charm", "bezel", Colours, [GemCut.Round, GemCut.Pear], (0.4f, 1f), MetalKind.Precious),
        new("mesh", "none", [], [GemCut.Round], (0, 0), MetalKind.Precious),
        new("pearl", "strung", [Pearl, BlackPearl], [GemCut.Round], (2f, 5f), MetalKind.Precious),
        new("station", "bezel", Colours, [GemCut.Oval, GemCut.Round, GemCut.Cushion], (0.6f, 1.5f), MetalKind.Precious),
        new("identity", "flush", Colours, [GemCut.Round], (0.05f, 0.1f), MetalKind.Precious),
        new("torque bangle", "bezel", Colours, [GemCut.Round, GemCut.Oval], (1f, 2.5f), MetalKind.Precious),
    ];

    public Description Describe(Design design)
    {
        var f = Form.Of(design);
        string[] phrases = design.Style switch
        {
            "bangle" => [(f.FinishKind == 0 ? "Hammered" : f.FinishKind == 1 ? "Satin" : "Polished") + " {metal} bangle", "{metal} bangle, " + f.WidthMm + " mm"],
            "tennis" => ["{stone} tennis bracelet in {metal}", "{metal} line bracelet with {cut} {stone}"],
            "chain" => ["{metal} " + f.Chain.Name + " chain bracelet", f.Chain.Name.ToTitle() + " link bracelet in {metal}"],
            "beads" => ["{stone} bead bracelet with {metal}", "Beaded {stone} bracelet, {metal} accents"],
            "cuff" => ["{metal} cuff with {stone}", "Open {metal} cuff bracelet, {cut} {stone}"],
            "pave bangle" => ["{stone} bangle in {metal}", "{metal} bangle paved with {stone}"],
            "charm" => ["{metal} charm bracelet with {stone}", "Charm bracelet in {metal}, {stone} charms"],
            "mesh" => ["{metal} mesh bracelet", "Woven {metal} bracelet"],
            "pearl" => ["{stone} bracelet with {metal} clasp", "{metal} bracelet strung with {stone}"],
            "station" => ["{stone} station bracelet in {metal}", "{metal} bracelet with {cut} {stone}"],
            "identity" => ["{metal} identity bracelet with {stone}", "Engravable {metal} plate bracelet, {stone}"],
            _ => ["Open {metal} bangle with {stone} ends", "{metal} torque bangle, {cut} {stone}"],
        };
        var attributes = new Dictionary<string, object>
        {
            ["chain"] = design.Style switch { "chain" or "charm" or "station" or "identity" => f.Chain.Name, "beads" or "pearl" => "strung", "tennis" => "line", "mesh" => "mesh", _ => "rigid" },
            ["widthMm"] = f.WidthMm,
        };
        return new Description(phrases, attributes, 6 + f.WidthMm, design.Style is "tennis" or "pave bangle" ? 900 : 180);
    }

    public Presentation Present(Design design, int display)
    {
        var f = Form.Of(design);
        var metal = design.MetalMaterial;
        var (product, props) = (new Assembly(), new Assembly());
        Build(product, design, f, metal);
        if (display == 0) return new Presentation(product.RestingAt(0), props);

        // Upright on a padded roll, as in a shop window.
        var upright = Placement.TurnX(-MathF.PI / 2) * Placement.TurnY(MathF.PI / 2);
        Props.Roll(props, Props.Cloth(design.Seed), f.Radius - 0.12f - f.Inset(design), 6.5f);
        product = product.Moved(upright);
        var lift = -MathF.Min(props.Extent.Low.Y, product.Extent.Low.Y);
        return new Presentation(product.Moved(Placement.At(0, lift, 0)), props.Moved(Placement.At(0, lift, 0)));
    }

    private static void Build(Assembly a, Design d, Form f, Metal metal)
    {
        var r = d.StoneRadius;
        var circle = Circle(f.Radius);
        var finish = f.FinishKind switch { 0 => metal.Finished(0.05f, Reliefs.Hammered(0.45f)), 1 => metal.Finished(0.28f), _ => metal };
        switch (d.Style)
        {
            case "bangle":
                Bangle(a, f, finish);
                break;
            case "tennis":
                Chains.Stones(a, (i, _) => (f.Alternate && i % 2 == 1 ? Diamond : d.Stone!, d.Cut, r), metal, circle, r * 2.05f * d.Cut.HalfLength);
                break;
            case "chain":
                f.Chain.Lay(a, metal, circle, f.Wide);
                Clasp(a, metal, circle, f.Wide);
                break;
            case "beads":
            case "pearl":
                foreach (var (share, i) in circle.Spaced((int)(circle.Length / (2.02f * f.Bead))).Select((s, i) => (s, i)))
                {
                    var accent = d.Style == "beads" ? i % f.Every == 0 : i == 0;
                    Settings.Bead(a, accent ? metal : d.Stone!.Material, f.Bead * (accent ? 0.82f : 1), circle.At(share).Frame());
                }

                break;
            case "cuff":
                Open(a, finish, f.Radius, Outline2.RoundedBox(0.12f, 0.5f + 0.55f * f.Share, 0.1f), 0.5f);
                Settings.Bezel(a, d.Stone!, d.Cut, MathF.Min(r, 0.95f), metal, Placement.At(0, 0.2f, 0) * circle.At(0.5f).Frame());
                if (f.Alternate)
                    foreach (var side in (int[])[-1, 1]) Settings.Bezel(a, d.Stone!, GemCut.Round, 0.35f, metal, Placement.At(0, 0.16f, 0) * circle.At(0.5f + side * 0.1f).Frame());
                break;
            case "pave bangle":
            {
                Bangle(a, f with { Twisted = false }, metal);
                var rows = f.Rows;
                for (var row = 0; row < rows; row++)
                    for (var i = -f.Every * 3; i <= f.Every * 3; i++)
                    {
                        var size = MathF.Min(0.15f, f.Height * 0.8f / rows);
                        Settings.Melee(a, f.Alternate && i % 2 != 0 ? Diamond : d.Stone!, size, metal,
                            Placement.At(0, f.Depth + size * 0.1f, (row - (rows - 1) / 2f) * size * 2.1f) * circle.At(0.5f + i * size * 2.15f / circle.Length).Frame());
                    }

                break;
            }

            case "charm":
                f.Chain.Lay(a, metal, circle, MathF.Min(0.4f, f.Wide * 0.7f));
                for (var i = 0; i < f.Every; i++) Charm(a, d, f, metal, circle, i);
                Clasp(a, metal, circle, f.Wide * 0.7f);
                break;
            case "mesh":
                a.Add(Sweep.Tube(Sweep.Along(circle.Position, circle.Up, 180, true), Outline2.RoundedBox(0.35f + 0.45f * f.Share, 0.09f, 0.08f, 4), true),
                    metal.Finished(0.14f, Reliefs.Weave(f.Alternate ? 0.12f : 0.2f)));
                a.Add(Solid.Box(new Vector3(0.7f, 0.16f, 0.42f + 0.45f * f.Share), 0.1f), f.FinishKind == 1 ? finish : metal, circle.At(0).Frame());
                break;
            case "station":
                f.Chain.Lay(a, metal, circle, MathF.Min(0.34f, f.Wide * 0.6f));
                for (var i = 0; i < f.Every; i++)
                    Settings.Bezel(a, f.Alternate && i % 2 == 1 ? Diamond : d.Stone!, d.Cut, r, metal, Placement.At(0, r * 0.25f, 0) * circle.At((i + 0.5f) / f.Every).Frame());
                Clasp(a, metal, circle, 0.4f);
                break;
            case "identity":
            {
                f.Chain.Lay(a, metal, circle, f.Wide);
                var plate = Sweep.Along(t => circle.Position(0.5f + (t - 0.5f) * 0.26f), t => circle.Up(0.5f + (t - 0.5f) * 0.26f), 24, false);
                a.Add(Sweep.Tube(plate, Outline2.RoundedBox(f.Wide * 0.62f, 0.1f, 0.08f, 3), false, t => MathF.Min(1, MathF.Sin(MathF.PI * t) * 5 + 0.55f)), finish);
                for (var i = 0; i < f.Rows * 2 + 1; i++)
                    Settings.Melee(a, d.Stone!, 0.1f, metal, Placement.At(0, 0.1f, 0) * circle.At(0.5f + (i - f.Rows) * 0.02f).Frame());
                Clasp(a, metal, circle, f.Wide);
                break;
            }

            default:
                Open(a, finish, f.Radius, f.Alternate ? Outline2.Circle(0.16f + 0.1f * f.Share, 14) : Outline2.KnifeEdge(0.3f, 0.22f, 20), 0.32f, front: true);
                foreach (var side in (int[])[-1, 1])
                {
                    var end = circle.At(0.5f + side * 0.05f);
                    Settings.Bezel(a, d.Stone!, d.Cut, r, metal, Placement.At(0, 0.15f, 0) * end.Frame());
                }

                break;
        }
    }

    /// <summary>Share 0 at the back, 0.5 at the front; local y points outwards.</summary>
    private static ChainPath Circle(float radius) => new(
        t =>
        {
            var (sin, cos) = MathF.SinCos(t * 2 * MathF.PI - MathF.PI);
            return new Vector3(sin * radius, 0, cos * radius);
        },
        t =>
        {
            var (sin, cos) = MathF.SinCos(t * 2 * MathF.PI - MathF.PI);
            return new Vector3(sin, 0, cos);
        },
        true);

    private static void Bangle(Assembly a, Form f, Material metal)
    {
        if (f.Twisted)
        {
            for (var strand = 0; strand < 3; strand++)
            {
                var phase = strand * 2 * MathF.PI / 3;
                a.Add(Sweep.Wire(
                    t =>
                    {
                        var d = Outline2.Turn(t * 2 * MathF.PI);
                        var (sin, cos) = MathF.SinCos(t * 24 * MathF.PI + phase);
                        return new Vector3(d.X * (f.Radius + cos * 0.15f), sin * 0.17f, d.Y * (f.Radius + cos * 0.15f));
                    },
                    0.15f, 400, true), metal);
            }

            return;
        }

        var section = f.Section switch
        {
            0 => Outline2.HalfRound(f.Depth, f.Height, 24),
            1 => Outline2.RoundedBox(f.Depth, f.Height, f.Depth * 0.4f),
            2 => Outline2.KnifeEdge(f.Depth * 1.2f, f.Height, 24),
            _ => Outline2.Circle(f.Depth, 18),
        };
        a.Add(Solid.Ring(f.Radius, section, 160), metal);
    }

    private static void Open(Assembly a, Material metal, float radius, Vector2[] section, float gap, bool front = false)
    {
        var circle = Circle(radius);
        float Share(float t) => (front ? 0.5f : 0) + gap / (2 * MathF.PI) / 2 + t * (1 - gap / (2 * MathF.PI));
        a.Add(Sweep.Tube(
            Sweep.Along(t => circle.Position(Share(t)), t => circle.Up(Share(t)), 140, false), [.. section.Select(s => new Vector2(s.Y, s.X))], false,
            t => MathF.Min(1, 0.5f + MathF.Min(t, 1 - t) * 18)), metal);
    }

    private static void Charm(Assembly a, Design d, Form f, Material metal, ChainPath circle, int i)
    {
        var drop = new Assembly();
        drop.Add(Solid.Wire(0.15f, 0.035f, 20), metal, Hanging.SideLoop(0, -0.15f));
        switch ((i + f.Rows) % 4)
        {
            case 0:
                Settings.Bezel(drop, d.Stone!, d.Cut, d.StoneRadius, metal, Hanging.Front(0, -0.3f - d.StoneRadius * d.Cut.HalfLength, 0, Hanging.Upright));
                break;
            case 1:
                drop.Add(Solid.Plate(Outline2.Heart(0.45f, 48), 0.07f, 0.05f, 0.08f), metal, Hanging.Front(0, -0.62f));
                break;
            case 2:
                drop.Add(Solid.Plate(Outline2.Star(5, 0.5f, 0.22f, MathF.PI / 2), 0.07f, 0.04f, 0.08f), metal, Hanging.Front(0, -0.72f));
                break;
            default:
                drop.Add(Solid.Disc(0.42f, 0.05f, 0.04f), metal, Hanging.Front(0, -0.66f));
                Settings.Melee(drop, d.Stone!, 0.14f, metal, Hanging.Front(0, -0.66f, 0.06f));
                break;
        }

        // Charms spread outwards on the table, each a little turned.
        var at = circle.At((i + 0.5f) / f.Every + 0.02f);
        var outwards = at.Up;
        var spun = Vector3.Normalize(outwards + at.Tangent * 0.35f * MathF.Sin(i * 2.4f));
        a.Add(drop, Placement.Basis(Vector3.Cross(-spun, Vector3.UnitY), -spun, Vector3.UnitY, at.Position + outwards * 0.1f - new Vector3(0, 0.08f, 0)));
    }

    private static void Clasp(Assembly a, Material metal, ChainPath path, float width) =>
        a.Add(Sphere.Unit, metal, Placement.Scale(0.45f, MathF.Max(0.15f, width * 0.4f), MathF.Max(0.2f, width * 0.5f)) * path.At(0).Frame());

    private sealed record Form(
        float Radius, float Depth, float Height, int Section, bool Twisted, ChainKind Chain, float Wide, float Bead, int Every, bool Alternate, int Rows,
        float Share, int FinishKind)
    {
        public float WidthMm => MathF.Round(Height * 20);

        public static Form Of(Design d)
        {
            var r = d.Form();
            var chain = Chains.Statement[(int)((d.Seed / 3) % (ulong)Chains.Statement.Count)];
            return new Form(
                r.Between(2.9f, 3.2f), r.Between(0.14f, 0.24f), r.Between(0.18f, 0.75f), r.Below(4), r.Chance(0.3f), chain, r.Between(0.45f, 0.85f),
                r.Between(0.32f, 0.52f), r.Whole(4, 7), r.Chance(0.5f), r.Whole(1, 3), r.Next(), r.Below(4));
        }

        /// <summary>How far the piece reaches inside its radius.</summary>
        public float Inset(Design d) => d.Style switch { "beads" or "pearl" => Bead, "chain" or "charm" or "identity" or "station" => Wide * 0.35f, "bangle" => Twisted ? 0.3f : 0.1f, _ => 0.1f };
    }
}
