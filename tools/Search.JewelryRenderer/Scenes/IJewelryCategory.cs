using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;

namespace Search.JewelryRenderer.Scenes;

/// <summary>One kind of jewelry: its styles, how to build them and how to show them. A new kind is one file and one line in the catalogue.</summary>
internal interface IJewelryCategory
{
    /// <summary>Plural, lower case: folder and attribute value.</summary>
    string Name { get; }

    /// <summary>Singular, as in titles and ids.</summary>
    string Noun { get; }

    IReadOnlyList<Style> Styles { get; }

    /// <summary>Ways of showing a piece: on the table, on a bust, on a card.</summary>
    int Displays { get; }

    /// <summary>Height of the camera, in radians, that shows this kind best.</summary>
    float Elevation { get; }

    /// <summary>What the design adds to the common attributes, and what its making costs.</summary>
    Description Describe(Design design);

    /// <summary>Builds a piece and the props of one display. Nothing is random: the design decides everything.</summary>
    Presentation Present(Design design, int display);
}

/// <summary>A design idea and the materials that suit it.</summary>
/// <param name="Name">Attribute value.</param>
/// <param name="Stones">Stones it is made with; empty for plain metal.</param>
/// <param name="Cuts">Cuts of the main stone.</param>
/// <param name="Setting">Attribute value: how stones are held; "none" without stones.</param>
/// <param name="Carats">Smallest and largest main stone.</param>
/// <param name="Metals">Metals it is made of.</param>
internal sealed record Style(
    string Name,
    string Setting,
    IReadOnlyList<StoneKind> Stones,
    IReadOnlyList<GemCut> Cuts,
    (float Low, float High) Carats,
    IReadOnlyList<MetalKind> Metals);

/// <summary>Words and numbers of a design.</summary>
/// <param name="Phrases">Ways to name it, with {metal}, {stone}, {cut}: one becomes the title.</param>
/// <param name="Attributes">Beyond metal, stone, colour, cut, setting and carat: strings and numbers.</param>
/// <param name="Grams">Weight of metal.</param>
/// <param name="Labour">Price of the work, with small stones.</param>
internal sealed record Description(
    IReadOnlyList<string> Phrases, IReadOnlyDictionary<string, object> Attributes, float Grams, float Labour);

/// <summary>A piece as it is shown.</summary>
/// <param name="Focus">What the camera frames; the piece itself where null.</param>
internal sealed record Presentation(Assembly Product, Assembly Props, Assembly? Focus = null);
