using System.Numerics;
using Search.JewelryRenderer.Catalogue;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Tests.Scenes;

public sealed class PresentationTests
{
    public static TheoryData<int> Categories => [.. Enumerable.Range(0, Designer.Categories.Count)];

    [Theory]
    [MemberData(nameof(Categories))]
    public void Present_OfEveryStyle_IsAPieceOfJewelryOnATable(int category)
    {
        var kind = Designer.Categories[category];
        var turn = 0;
        foreach (var product in Designer.Invent(1, kind.Styles.Count).Where(p => p.Category == kind))
        {
            // Styles outnumber displays in every category, so that each display has its turn.
            var display = turn++ % kind.Displays;
            var shown = kind.Present(product.Design, display);
            var extent = shown.Product.Extent;
            var name = $"{product.Id} {product.Design.Style} display {display}";
            Assert.True(float.IsFinite(extent.Size.Length()), name);

            // Between a stud and a necklace, in centimetres, and nothing of note under the table.
            Assert.True(extent.Size.Length() is > 0.5f and < 40, $"{name}: {extent.Size}");
            Assert.True(extent.Low.Y > -0.6f, $"{name}: lowest at {extent.Low.Y}");
            var lowest = MathF.Min(extent.Low.Y, shown.Props.Parts.Count > 0 ? shown.Props.Extent.Low.Y : 10);
            Assert.True(lowest < 0.3f, $"{name}: floats at {lowest}");
        }
    }

    [Fact]
    public void Randomness_OfTheSameSeed_RepeatsItself()
    {
        var (a, b, c) = (new Randomness(4), new Randomness(4), new Randomness(5));
        var first = Enumerable.Range(0, 20).Select(_ => a.Next()).ToArray();
        Assert.Equal(first, Enumerable.Range(0, 20).Select(_ => b.Next()));
        Assert.NotEqual(first, Enumerable.Range(0, 20).Select(_ => c.Next()));
        Assert.All(first, x => Assert.InRange(x, 0, 0.99999994f));
    }

    [Fact]
    public void RestingAt_PutsTheLowestPointThere()
    {
        var product = Designer.Invent(1, 1)[0];
        var piece = product.Category.Present(product.Design, 2).Product.Moved(Matrix4x4.CreateTranslation(3, 9, -2)).RestingAt(1.5f);
        Assert.Equal(1.5f, piece.Extent.Low.Y, 1e-3f);
    }
}
