using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Catalogue;

/// <summary>One line of the catalogue.</summary>
/// <param name="Attributes">Strings and numbers only, as the import format asks.</param>
internal sealed record Product(
    string Id, string Title, float Price, IReadOnlyDictionary<string, object> Attributes, Design Design, IJewelryCategory Category)
{
    public const int ShippedViews = 3;

    /// <summary>Path of a shipped view relative to the catalogue's folder, with forward slashes; views count from 1.</summary>
    public string ImagePath(int view) => $"images/{Category.Name}/{Id}-{view}.jpg";

    public string QueryPath => $"queries/{Category.Name}/{Id}-q.jpg";
}
