using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Scenes;
using Search.JewelryRenderer.Scenes.Categories;

namespace Search.JewelryRenderer.Catalogue;

/// <summary>Invents products. The same seed and count give the same catalogue.</summary>
internal static class Designer
{
    /// <summary>Every kind of jewelry; a new one needs only its line here.</summary>
    public static readonly IReadOnlyList<IJewelryCategory> Categories =
        [new Rings(), new Necklaces(), new Earrings(), new Bracelets(), new Pendants(), new Brooches(), new Watches(), new Cufflinks()];

    /// <param name="perCategory">Products in each category, at least 1.</param>
    public static IReadOnlyList<Product> Invent(ulong seed, int perCategory)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perCategory);
        return [.. Categories.SelectMany((category, index) => Invent(category, seed * 8191 + (ulong)index * 100_003, perCategory))];
    }

    private static IEnumerable<Product> Invent(IJewelryCategory category, ulong seed, int count)
    {
        var taken = new HashSet<(string, MetalKind, StoneKind?)>();
        var titles = new HashSet<string>();
        for (var n = 0; n < count; n++)
        {
            // Styles take turns; materials are drawn again while they would repeat a product of the same style.
            var style = category.Styles[n % category.Styles.Count];
            Product product;
            var attempt = 0UL;
            do
            {
                product = Make(category, style, seed + (ulong)n * 37 + attempt++ * 10_007, n + 1);
            }
            while (attempt < 40 && (!taken.Add((style.Name, product.Design.Metal, product.Design.Stone)) || !titles.Add(product.Title)));
            yield return product;
        }
    }

    private static Product Make(IJewelryCategory category, Style style, ulong seed, int number)
    {
        var random = new Randomness(seed);
        for (var i = 0; i < 4; i++) random.Next();
        var stone = style.Stones.Count > 0 ? random.Pick(style.Stones) : null;
        var metal = Affordable(random.Pick(style.Metals), stone, style);
        var carat = stone is null ? 0 : MathF.Round(random.Between(style.Carats.Low, style.Carats.High) * 20) / 20;
        carat = stone is null ? 0 : MathF.Max(style.Carats.Low, carat);
        var design = new Design
        {
            Category = category.Name, Style = style.Name, Metal = metal, Stone = stone, Accent = random.Pick([StoneKind.Sapphire, StoneKind.Ruby, StoneKind.Diamond]),
            Cut = random.Pick(style.Cuts), Carat = carat, Seed = seed,
        };
        var description = category.Describe(design);
        return new Product(
            $"demo-{category.Noun.TrimEnd('s')}-{number:000}", Title(random.Pick(description.Phrases), design), Price(design, description),
            Attributes(design, style, description), design, category);
    }

    /// <summary>Nobody sets a two-carat ruby in silver or a citrine in platinum.</summary>
    private static MetalKind Affordable(MetalKind metal, StoneKind? stone, Style style)
    {
        if (metal == MetalKind.Silver && stone is { PricePerCarat: > 500 } && style.Carats.High > 0.3f) return MetalKind.WhiteGold;
        return metal == MetalKind.Platinum && stone is { PricePerCarat: < 100 } ? MetalKind.Silver : metal;
    }

    private static string Title(string phrase, Design d)
    {
        var stone = d.Stone is { } s ? s.Name : "";
        var cut = d.Stone is { IsFaceted: true } ? d.Cut.Name == "emerald" ? "emerald-cut" : d.Cut.Name : d.Cut.Name;
        return phrase.Replace("{metal}", d.Metal.Name, StringComparison.Ordinal).Replace("{stone}", stone, StringComparison.Ordinal)
            .Replace("{cut}", cut, StringComparison.Ordinal).Replace("{a-cut}", cut.WithArticle(), StringComparison.Ordinal).ToTitle();
    }

    private static Dictionary<string, object> Attributes(Design d, Style style, Description description)
    {
        var attributes = new Dictionary<string, object>
        {
            ["metal"] = d.Metal.Name,
            ["stone"] = d.Stone?.Name ?? "none",
            ["colour"] = d.Stone?.Colour ?? d.Metal.Tone,
            ["cut"] = d.Stone switch { null => "none", { IsFaceted: true } => d.Cut.Name, { Material: Nacre } => "bead", _ => "cabochon" },
            ["setting"] = style.Setting,
            ["style"] = d.Style,
        };
        if (d.Stone is { IsFaceted: true }) attributes["carat"] = d.Carat;
        foreach (var (key, value) in description.Attributes) attributes[key] = value;
        return attributes;
    }

    /// <summary>Metal by weight, stones by the carat and its square root, work; rounded as shops round.</summary>
    private static float Price(Design d, Description description)
    {
        var metal = d.Metal.Price * description.Grams * 1.7f;
        var stone = d.Stone is { } s ? s.PricePerCarat * MathF.Pow(d.Carat, 1.5f) : 0;
        var work = description.Labour * (d.Stone is { } t ? 0.45f + 0.55f * MathF.Min(2.2f, t.PricePerCarat / 900) : 0.8f);
        var price = metal + stone + work;
        return price < 300 ? MathF.Round(price / 5) * 5 : price < 2000 ? MathF.Round(price / 10) * 10 : MathF.Round(price / 50) * 50;
    }
}
