using Search.JewelryRenderer.Catalogue;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;

namespace Search.JewelryRenderer.Tests.Catalogue;

public sealed class DesignerTests
{
    private static readonly IReadOnlyList<Product> Products = Designer.Invent(1, 20);

    [Fact]
    public void Invent_CoversEightCategories_WithUniqueIdsAndTitles()
    {
        Assert.Equal(8, Products.Select(p => p.Category.Name).Distinct().Count());
        Assert.Equal(160, Products.Select(p => p.Id).Distinct().Count());
        Assert.Equal(160, Products.Select(p => p.Title).Distinct().Count());
    }

    [Fact]
    public void Invent_DrawsEveryAttributeFromItsVocabulary()
    {
        var metals = MetalKind.All.Select(m => m.Name).ToHashSet();
        var stones = StoneKind.All.Select(s => s.Name).Append("none").ToHashSet();
        var cuts = GemCut.All.Select(c => c.Name).Concat(["none", "bead", "cabochon"]).ToHashSet();
        var settings = Designer.Categories.SelectMany(c => c.Styles).Select(s => s.Setting).ToHashSet();
        var colours = StoneKind.All.Select(s => s.Colour).Concat(MetalKind.All.Select(m => m.Tone)).ToHashSet();
        foreach (var product in Products)
        {
            Assert.Contains((string)product.Attributes["metal"], metals);
            Assert.Contains((string)product.Attributes["stone"], stones);
            Assert.Contains((string)product.Attributes["cut"], cuts);
            Assert.Contains((string)product.Attributes["setting"], settings);
            Assert.Contains((string)product.Attributes["colour"], colours);
            Assert.Equal((string)product.Attributes["stone"] == "none", (string)product.Attributes["cut"] == "none");
            Assert.All(product.Attributes.Values, v => Assert.True(v is string { Length: > 0 } or float or int));
            Assert.InRange(product.Price, 20, 100_000);
        }
    }

    [Fact]
    public void Invent_TitlesMentionMetalAndStone()
    {
        foreach (var product in Products)
        {
            Assert.Contains(product.Design.Metal.Name, product.Title, StringComparison.OrdinalIgnoreCase);
            if (product.Design.Stone is { } stone) Assert.Contains(stone.Name, product.Title, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain('{', product.Title);
        }
    }

    [Fact]
    public void Invent_WithTheSameSeed_GivesTheSameLines_AndAnotherSeedOthers()
    {
        var lines = Products.Select(CatalogueFiles.Line).ToArray();
        Assert.Equal(lines, Designer.Invent(1, 20).Select(CatalogueFiles.Line));
        Assert.NotEqual(lines, Designer.Invent(2, 20).Select(CatalogueFiles.Line));
    }

    [Fact]
    public void Invent_OfNoProducts_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Designer.Invent(1, 0));
}
