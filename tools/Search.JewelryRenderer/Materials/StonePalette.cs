using System.Numerics;

namespace Search.JewelryRenderer.Materials;

/// <summary>A stone as a shop names it.</summary>
/// <param name="Name">The attribute's value.</param>
/// <param name="Colour">The attribute a shopper filters by.</param>
/// <param name="IsFaceted">Cut with facets; otherwise worn as a bead or cabochon.</param>
/// <param name="PricePerCarat">At one carat; larger stones cost more a carat.</param>
internal sealed record StoneKind(string Name, string Colour, bool IsFaceted, float PricePerCarat, Material Material)
{
    public static readonly StoneKind Diamond = Faceted("diamond", "colourless", 3900, 2.42f, new(0.02f, 0.02f, 0.015f), 0.05f);
    public static readonly StoneKind Ruby = Faceted("ruby", "red", 1150, 1.77f, new(0.12f, 3.4f, 2.6f));
    public static readonly StoneKind Sapphire = Faceted("sapphire", "blue", 980, 1.77f, new(3.2f, 2.0f, 0.22f));
    public static readonly StoneKind Emerald = Faceted("emerald", "green", 1300, 1.58f, new(3.0f, 0.28f, 1.75f));
    public static readonly StoneKind Amethyst = Faceted("amethyst", "purple", 60, 1.55f, new(0.8f, 2.5f, 0.35f));
    public static readonly StoneKind Aquamarine = Faceted("aquamarine", "light blue", 190, 1.58f, new(0.85f, 0.2f, 0.1f));
    public static readonly StoneKind Citrine = Faceted("citrine", "yellow", 45, 1.55f, new(0.08f, 0.5f, 2.6f));
    public static readonly StoneKind Garnet = Faceted("garnet", "dark red", 70, 1.76f, new(0.55f, 4.2f, 3.6f));
    public static readonly StoneKind Peridot = Faceted("peridot", "light green", 85, 1.67f, new(0.75f, 0.18f, 2.2f));
    public static readonly StoneKind Morganite = Faceted("morganite", "pink", 160, 1.58f, new(0.1f, 0.75f, 0.5f));
    public static readonly StoneKind Pearl = new("pearl", "white", false, 22, new Nacre(new(0.93f, 0.89f, 0.83f), new(1.0f, 0.88f, 0.90f)));
    public static readonly StoneKind BlackPearl = new("tahitian pearl", "dark grey", false, 45, new Nacre(new(0.10f, 0.11f, 0.11f), new(0.8f, 1.1f, 1.0f)));
    public static readonly StoneKind Onyx = new("onyx", "black", false, 8, new Lacquer(new(0.012f, 0.012f, 0.014f), 1.1f, 0.03f));

    public static readonly StoneKind Turquoise = new("turquoise", "turquoise", false, 12, new Lacquer(
        new(0.13f, 0.52f, 0.50f), 0.8f, 0.1f, null, p => Veined(p, new(0.13f, 0.52f, 0.50f), new(0.16f, 0.12f, 0.07f), 0.09f)));

    public static readonly StoneKind Lapis = new("lapis lazuli", "deep blue", false, 10, new Lacquer(
        new(0.03f, 0.06f, 0.30f), 0.9f, 0.06f, null, p => Veined(p, new(0.03f, 0.06f, 0.30f), new(0.55f, 0.45f, 0.2f), 0.05f)));

    public static readonly StoneKind Malachite = new("malachite", "banded green", false, 9, new Lacquer(
        new(0.02f, 0.25f, 0.13f), 0.9f, 0.06f, null, p => Banded(p, new(0.01f, 0.13f, 0.07f), new(0.05f, 0.42f, 0.24f))));

    public static readonly StoneKind MotherOfPearl = new("mother of pearl", "pearly white", false, 6, new Nacre(new(0.86f, 0.86f, 0.86f), new(0.86f, 1.0f, 0.97f)));

    public static readonly StoneKind Coral = new("coral", "orange", false, 18, new Lacquer(new(0.75f, 0.13f, 0.06f), 0.8f, 0.08f));

    public static readonly IReadOnlyList<StoneKind> All =
    [
        Diamond, Ruby, Sapphire, Emerald, Amethyst, Aquamarine, Citrine, Garnet, Peridot, Morganite, Pearl, BlackPearl, Onyx, Turquoise,
        Lapis, Malachite, MotherOfPearl, Coral,
    ];

    /// <summary>Faceted stones of every colour.</summary>
    public static readonly IReadOnlyList<StoneKind> Colours = [Diamond, Ruby, Sapphire, Emerald, Amethyst, Aquamarine, Citrine, Garnet, Peridot, Morganite];

    /// <summary>Stones cut as cabochons, inlays and beads.</summary>
    public static readonly IReadOnlyList<StoneKind> Opaque = [Onyx, Turquoise, Lapis, Malachite, Coral, MotherOfPearl];

    private static StoneKind Faceted(string name, string colour, float price, float index, Vector3 absorption, float dispersion = 0) =>
        new(name, colour, true, price, new Gemstone(index, absorption, dispersion));

    private static Vector3 Veined(Vector3 p, Vector3 ground, Vector3 vein, float width)
    {
        var q = new Vector2(p.X + p.Y * 0.6f, p.Z - p.Y * 0.8f) * 2.3f;
        var n = MathF.Abs(Noise.Fractal(q, 3) - 0.5f);
        return n < width * 0.3f ? vein : ground * (0.85f + 0.5f * n);
    }

    private static Vector3 Banded(Vector3 p, Vector3 dark, Vector3 light)
    {
        var q = new Vector2(p.X + p.Y * 0.3f, p.Z) * 0.8f;
        var wave = MathF.Sin(q.Length() * 14 + Noise.Fractal(q * 1.5f, 3) * 9);
        return Vector3.Lerp(dark, light, 0.5f + 0.5f * wave);
    }
}
