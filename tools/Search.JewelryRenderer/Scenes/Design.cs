using System.Numerics;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Geometry;

namespace Search.JewelryRenderer.Scenes;

/// <summary>What a product is, before anyone photographs it.</summary>
internal sealed record Design
{
    public required string Category { get; init; }

    /// <summary>The design idea within the category: "halo", "tennis", "butterfly".</summary>
    public required string Style { get; init; }

    public required MetalKind Metal { get; init; }

    /// <summary>The main stone; null for plain metal.</summary>
    public required StoneKind? Stone { get; init; }

    /// <summary>Small stones beside the main one.</summary>
    public required StoneKind Accent { get; init; }

    public required GemCut Cut { get; init; }

    /// <summary>Weight of the main stone; 0 without one.</summary>
    public required float Carat { get; init; }

    /// <summary>Everything else about the form follows from it.</summary>
    public required ulong Seed { get; init; }

    public Metal MetalMaterial => Metal.Polished;

    /// <summary>Narrow girdle radius in centimetres: a one-carat brilliant measures 6.5 mm, and volume grows with the cube.</summary>
    public float StoneRadius => 0.325f * MathF.Cbrt(MathF.Max(0.05f, Carat) / MathF.Max(1, Cut.HalfLength * 0.95f));

    /// <summary>The stream that decides the form; every reader draws the same numbers in the same order.</summary>
    public Randomness Form() => new(Seed * 2654435761 + 97);

    public static Vector3 V(float x, float y, float z) => new(x, y, z);
}
