using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;

namespace Search.JewelryRenderer.Scenes.Elements;

/// <summary>A path a chain follows: position and the direction away from what it lies on, over [0, 1].</summary>
internal sealed record ChainPath(Func<float, Vector3> Position, Func<float, Vector3> Up, bool Closed)
{
    /// <summary>Length in centimetres.</summary>
    public float Length { get; } = Enumerable.Range(0, 200).Sum(i => Vector3.Distance(Position(i / 200f), Position((i + 1) / 200f)));

    public PathPoint At(float share)
    {
        const float step = 1e-3f;
        var tangent = Closed
            ? Vector3.Normalize(Position(share + step) - Position(share - step))
            : Vector3.Normalize(Position(MathF.Min(1, share + step)) - Position(MathF.Max(0, share - step)));
        var up = Up(share);
        return new PathPoint(Position(share), tangent, Vector3.Normalize(up - tangent * Vector3.Dot(up, tangent)));
    }

    /// <summary>Shares of the path at equal distances along it.</summary>
    public float[] Spaced(int count)
    {
        const int fine = 600;
        var lengths = new float[fine + 1];
        for (var i = 0; i < fine; i++) lengths[i + 1] = lengths[i] + Vector3.Distance(Position(i / (float)fine), Position((i + 1) / (float)fine));
        var shares = new float[count];
        var at = 0;
        for (var k = 0; k < count; k++)
        {
            var along = lengths[^1] * (Closed ? k / (float)count : (k + 0.5f) / count);
            while (at < fine - 1 && lengths[at + 1] < along) at++;
            shares[k] = (at + (along - lengths[at]) / MathF.Max(1e-6f, lengths[at + 1] - lengths[at])) / fine;
        }

        return shares;
    }
}

/// <summary>A kind of chain.</summary>
/// <param name="Lay">Fills a path with the chain of a given width in centimetres.</param>
internal sealed record ChainKind(string Name, Action<Assembly, Material, ChainPath, float> Lay);

/// <summary>Chains by their trade names.</summary>
internal static class Chains
{
    public static readonly ChainKind Cable = new("cable", (a, m, p, w) => Links(a, m, p, Oval(1.35f, 1, 0.2f), w, 1.05f, MathF.PI / 2));
    public static readonly ChainKind Rolo = new("rolo", (a, m, p, w) => Links(a, m, p, Oval(1, 1, 0.3f), w, 0.72f, MathF.PI / 2));
    public static readonly ChainKind Paperclip = new("paperclip", (a, m, p, w) => Links(a, m, p, Oval(2.8f, 1, 0.2f), w, 2.35f, MathF.PI / 2));
    public static readonly ChainKind Curb = new("curb", (a, m, p, w) => Links(a, m, p, Oval(1.15f, 1, 0.27f), w, 0.62f, 0, 0.62f));
    public static readonly ChainKind Figaro = new("figaro", LayFigaro);
    public static readonly ChainKind Rope = new("rope", LayRope);
    public static readonly ChainKind Snake = new("snake", LaySnake);
    public static readonly ChainKind Herringbone = new("herringbone", LayHerringbone);
    public static readonly ChainKind Ball = new("ball", (a, m, p, w) => Beads(a, m, p, w * 0.5f, 1.12f));
    public static readonly ChainKind Box = new("box", LayBox);

    public static readonly IReadOnlyList<ChainKind> Fine = [Cable, Rolo, Box, Rope, Ball];
    public static readonly IReadOnlyList<ChainKind> Statement = [Paperclip, Curb, Figaro, Rope, Snake, Herringbone, Cable, Rolo];

    /// <summary>Balls in a row.</summary>
    public static void Beads(Assembly into, Material material, ChainPath path, float radius, float spacing = 1.03f)
    {
        foreach (var share in path.Spaced(Math.Max(3, (int)(path.Length / (2 * radius * spacing)))))
            Settings.Bead(into, material, radius, path.At(share).Frame());
    }

    /// <summary>Stones in collets, edge to edge.</summary>
    public static void Stones(Assembly into, Func<int, int, (StoneKind Stone, GemCut Cut, float Radius)> stone, Material metal, ChainPath path, float pitch)
    {
        var shares = path.Spaced(Math.Max(3, (int)(path.Length / pitch)));
        for (var i = 0; i < shares.Length; i++)
        {
            var (kind, cut, radius) = stone(i, shares.Length);
            var at = path.At(shares[i]).Frame();
            Settings.Claws(into, kind, cut, radius, metal, Placement.At(0, radius * 0.55f, 0) * at, 4, 0.55f);
            into.Add(Sphere.Unit, metal, Placement.Scale(pitch * 0.56f, radius * 0.2f, radius * 0.34f) * at);
        }
    }

    private static void Links(
        Assembly into, Material metal, ChainPath path, Mesh link, float width, float pitch, float alternate, float lean = 0)
    {
        var count = Math.Max(4, (int)(path.Length / (width * pitch)) & ~1);
        var shares = path.Spaced(count);
        var half = width / 2;
        for (var i = 0; i < count; i++)
        {
            // Links of a lying chain lean against each other, half a right angle to either side.
            var twist = lean > 0 ? lean : (i % 2 == 0 ? alternate : -alternate) / 2;
            into.Add(link, metal, Placement.Scale(half, half, half) * path.At(shares[i]).Frame(twist));
        }
    }

    private static void LayFigaro(Assembly into, Material metal, ChainPath path, float width)
    {
        var (small, large) = (Oval(1.15f, 1, 0.27f), Oval(2.3f, 1.1f, 0.27f));
        var count = Math.Max(8, (int)(path.Length / (width * 0.66f)) / 5 * 5);
        var shares = path.Spaced(count);
        var half = width / 2;
        for (var i = 0; i < count; i++)
        {
            if (i % 5 == 3) continue;
            var share = i % 5 == 4 ? (shares[i] + shares[i - 1]) / 2 : shares[i];
            into.Add(i % 5 == 4 ? large : small, metal, Placement.Scale(half, half, half) * path.At(share).Frame(0.5f));
        }
    }

    private static void LayRope(Assembly into, Material metal, ChainPath path, float width)
    {
        var points = Math.Max(60, (int)(path.Length / width * 7));
        for (var strand = 0; strand < 2; strand++)
        {
            var phase = strand * MathF.PI;
            var turns = MathF.Round(path.Length / (width * 1.5f));
            Vector3 Strand(float t)
            {
                var p = path.At(t);
                var (sin, cos) = MathF.SinCos(t * turns * 2 * MathF.PI + phase);
                return p.Position + (p.Side * cos + p.Up * sin) * (width * 0.25f);
            }

            into.Add(Sweep.Tube(Sweep.Along(Strand, path.Up, points, path.Closed), Outline2.Circle(width * 0.27f, 7), path.Closed), metal);
        }
    }

    private static void LaySnake(Assembly into, Material metal, ChainPath path, float width)
    {
        // Radius ripples once a scale: the light runs over it as over the real tube of scales.
        var scales = MathF.Round(path.Length / (width * 0.42f));
        var points = Math.Min(2400, (int)scales * 4);
        into.Add(Sweep.Tube(
            Sweep.Along(path.Position, path.Up, points, path.Closed), Outline2.Circle(width / 2, 10), path.Closed,
            t => 0.94f + 0.06f * MathF.Cos(t * scales * 2 * MathF.PI)), metal);
    }

    private static void LayHerringbone(Assembly into, Material metal, ChainPath path, float width)
    {
        var finish = metal is Metal m ? m.Finished(0.12f, Reliefs.Weave(width * 0.45f)) : metal;
        into.Add(Sweep.Tube(
            Sweep.Along(path.Position, path.Up, 220, path.Closed), Outline2.RoundedBox(width * 0.9f, width * 0.16f, width * 0.12f, 3), path.Closed), finish);
    }

    private static void LayBox(Assembly into, Material metal, ChainPath path, float width)
    {
        var link = Solid.Box(new Vector3(0.46f, 0.42f, 0.42f), 0.12f);
        foreach (var share in path.Spaced(Math.Max(4, (int)(path.Length / (width * 0.98f)))))
            into.Add(link, metal, Placement.Scale(width, width, width) * path.At(share).Frame(MathF.PI / 4));
    }

    /// <summary>A link lying in the x-z plane, x along the chain; half width 1.</summary>
    private static Mesh Oval(float length, float width, float wire)
    {
        var straight = MathF.Max(0, length - width);
        Vector3 Curve(float t)
        {
            var d = Outline2.Turn(t * 2 * MathF.PI) * (width - wire);
            return new Vector3(d.X + MathF.Sign(d.X) * straight * MathF.Min(1, MathF.Abs(d.X) * 6), 0, d.Y);
        }

        return Sweep.Tube(Sweep.Along(Curve, _ => Vector3.UnitY, 20, true), Outline2.Circle(wire, 7), true);
    }
}
