using System.Numerics;

namespace Search.JewelryRenderer.Geometry;

/// <summary>How a stone is cut: girdle outline and tiers of facets. Sizes are relative to a narrow girdle radius of 1.</summary>
internal sealed class GemCut
{
    public static readonly GemCut Round = Brilliant("round", Outline2.Circle(1, 64), 8);
    public static readonly GemCut Oval = Brilliant("oval", Outline2.Ellipse(1.32f, 1, 64), 8);
    public static readonly GemCut Pear = Brilliant("pear", Outline2.Pear(1.55f, 1, 64), 8);
    public static readonly GemCut Marquise = Brilliant("marquise", Outline2.Marquise(1.9f, 1, 64), 8);
    public static readonly GemCut Cushion = Brilliant("cushion", Outline2.Superellipse(1.08f, 1, 3.4f, 64), 8);
    public static readonly GemCut Princess = Stepped("princess", Outline2.Regular(4, 1.414f, MathF.PI / 4), [(36, 1, 0.02f), (27, 0.9f, 0.11f)],
        [(142, 1, -0.02f), (134, 0.72f, -0.27f), (128, 0.38f, -0.6f)], 0.2f);

    public static readonly GemCut Emerald = Stepped("emerald", Clipped(1.38f, 1, 0.34f), [(50, 1, 0.03f), (38, 0.93f, 0.12f), (24, 0.82f, 0.22f)],
        [(128, 1, -0.03f), (136, 0.8f, -0.27f), (145, 0.48f, -0.58f)], 0.27f);

    public static readonly GemCut Asscher = Stepped("asscher", Clipped(1, 1, 0.36f), [(50, 1, 0.03f), (38, 0.92f, 0.13f), (26, 0.8f, 0.23f)],
        [(128, 1, -0.03f), (136, 0.78f, -0.3f), (145, 0.45f, -0.62f)], 0.29f);

    public static readonly GemCut Baguette = Stepped("baguette", Clipped(1.9f, 1, 0.05f), [(45, 1, 0.04f), (30, 0.86f, 0.14f)],
        [(130, 1, -0.04f), (142, 0.6f, -0.45f)], 0.22f);

    /// <summary>A plain brilliant for melee: nobody counts the facets of a 1 mm stone, everybody waits for them.</summary>
    public static readonly GemCut Melee = Brilliant("round", Outline2.Circle(1, 48), 8, plain: true);

    public static readonly IReadOnlyList<GemCut> All = [Round, Oval, Pear, Marquise, Cushion, Princess, Emerald, Asscher, Baguette];

    private readonly List<Plane> _facets;
    private readonly float _table;

    private GemCut(string name, Vector2[] girdle, List<Plane> facets, float table)
    {
        (Name, Girdle, _facets, _table) = (name, girdle, facets, table);
        HalfLength = girdle.Max(p => p.X);
        HalfWidth = girdle.Max(p => p.Y);
        Unit = Build();
    }

    public string Name { get; }

    /// <summary>Girdle outline, x along the length.</summary>
    public Vector2[] Girdle { get; }

    public float HalfLength { get; }

    public float HalfWidth { get; }

    /// <summary>The stone with a narrow girdle radius of about 1.</summary>
    public FacetedGem Unit { get; }

    public static GemCut ByName(string name) =>
        All.FirstOrDefault(c => c.Name == name) ?? throw new ArgumentOutOfRangeException(nameof(name), name, "No such cut.");

    private FacetedGem Build()
    {
        // Straight below the middle, the shallowest pavilion facet ends the stone; a keel of a long stone lies no deeper.
        var culet = _facets.Where(f => f.Normal.Y < -1e-3f).Max(f => f.D / f.Normal.Y);
        return new FacetedGem(_facets, [.. Girdle.SelectMany(p => new[]
        {
            new Vector3(p.X, 0, p.Y), new Vector3(p.X * 0.6f, _table, p.Y * 0.6f), new Vector3(p.X * 0.45f, culet, p.Y * 0.1f),
        })]);
    }

    private static GemCut Brilliant(string name, Vector2[] girdle, int mains, bool plain = false)
    {
        const float table = 0.3f;
        var facets = new List<Plane> { new(Vector3.UnitY, table) };
        Tier(facets, girdle, 34.5f, mains, 0, 1, 0.02f);
        Tier(facets, girdle, 139f, mains, plain ? 0.5f : 0, 1, -0.02f);
        if (!plain)
        {
            Tier(facets, girdle, 41f, 2 * mains, 0.5f, 1, 0.02f);
            Tier(facets, girdle, 22f, mains, 0.5f, 0.72f, 0.245f);
            Tier(facets, girdle, 137.2f, 2 * mains, 0.5f, 1, -0.02f);
        }

        Tier(facets, girdle, 90, plain ? 16 : 24, plain ? 0.5f : 0, 1, 0);
        return new GemCut(name, girdle, facets, table);
    }

    private static GemCut Stepped(
        string name, Vector2[] girdle, (float Angle, float Inset, float Height)[] crown, (float Angle, float Inset, float Height)[] pavilion, float table)
    {
        var facets = new List<Plane> { new(Vector3.UnitY, table) };
        foreach (var (angle, inset, height) in crown.Concat(pavilion).Append((90, 1, 0)))
        {
            for (var i = 0; i < girdle.Length; i++)
            {
                var edge = girdle[(i + 1) % girdle.Length] - girdle[i];
                Facet(facets, girdle, Vector2.Normalize(new Vector2(edge.Y, -edge.X)), angle, inset, height);
            }
        }

        return new GemCut(name, girdle, facets, table);
    }

    /// <summary>Facets spread by arc length of the girdle: a marquise gets as many along its sides as a round one around.</summary>
    private static void Tier(List<Plane> facets, Vector2[] girdle, float angle, int count, float shift, float inset, float height)
    {
        for (var i = 0; i < count; i++)
        {
            var at = (int)MathF.Round((i + shift) * girdle.Length / count) % girdle.Length;
            var edge = girdle[(at + 1) % girdle.Length] - girdle[(at + girdle.Length - 1) % girdle.Length];
            Facet(facets, girdle, Vector2.Normalize(new Vector2(edge.Y, -edge.X)), angle, inset, height);
        }
    }

    private static void Facet(List<Plane> facets, Vector2[] girdle, Vector2 outward, float angle, float inset, float height)
    {
        var (sin, cos) = MathF.SinCos(angle * MathF.PI / 180);
        var support = girdle.Max(p => Vector2.Dot(p, outward)) * inset;
        facets.Add(new Plane(new Vector3(sin * outward.X, cos, sin * outward.Y), sin * support + cos * height));
    }

    private static Vector2[] Clipped(float a, float b, float corner) =>
    [
        new(a, -b + corner), new(a, b - corner), new(a - corner, b), new(-a + corner, b),
        new(-a, b - corner), new(-a, -b + corner), new(-a + corner, -b), new(a - corner, -b),
    ];
}
