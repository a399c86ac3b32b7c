using Search.JewelryRenderer.Rendering;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Catalogue;

/// <summary>One picture to draw. Its bytes depend on the product, the view and the quality, never on the order of drawing.</summary>
/// <param name="View">1 to <see cref="Product.ShippedViews"/>, or 0 for the query view.</param>
internal sealed record Shot(Product Product, int View)
{
    public string Path => View == 0 ? Product.QueryPath : Product.ImagePath(View);

    public Picture Draw(Quality quality)
    {
        var stage = View == 0
            ? Photographer.Shopper(Product.Category, Product.Design)
            : Photographer.Shop(Product.Category, Product.Design, View - 1);
        return Renderer.Draw(stage, quality, (uint)(Product.Design.Seed * 4 + (ulong)View));
    }

    public static IReadOnlyList<Shot> All(IEnumerable<Product> products) =>
        [.. products.SelectMany(p => Enumerable.Range(0, Product.ShippedViews + 1).Select(v => new Shot(p, v)))];
}
