using System.Numerics;

namespace Search.JewelryRenderer.Materials;

/// <summary>A metal as a shop names it.</summary>
/// <param name="Name">The attribute's value.</param>
/// <param name="Tone">Colour word of a piece without stones.</param>
/// <param name="Price">Of one gram's worth of work, in the catalogue's currency.</param>
internal sealed record MetalKind(string Name, string Tone, Vector3 Reflectance, float Price)
{
    public static readonly MetalKind YellowGold = new("yellow gold", "golden", new Vector3(1.0f, 0.70f, 0.28f), 78);
    public static readonly MetalKind RoseGold = new("rose gold", "rosy", new Vector3(0.96f, 0.60f, 0.47f), 76);
    public static readonly MetalKind WhiteGold = new("white gold", "silvery", new Vector3(0.83f, 0.81f, 0.76f), 82);
    public static readonly MetalKind Silver = new("silver", "silvery", new Vector3(0.93f, 0.925f, 0.91f), 9);
    public static readonly MetalKind Platinum = new("platinum", "silvery", new Vector3(0.70f, 0.70f, 0.71f), 96);
    public static readonly MetalKind Steel = new("steel", "grey", new Vector3(0.56f, 0.57f, 0.59f), 4);

    public static readonly IReadOnlyList<MetalKind> All = [YellowGold, RoseGold, WhiteGold, Silver, Platinum, Steel];

    public static readonly IReadOnlyList<MetalKind> Precious = [YellowGold, RoseGold, WhiteGold, Silver, Platinum];

    /// <summary>Mirror polish.</summary>
    public Metal Polished => new(Reflectance, 0.05f);
}
