using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Materials;

namespace Search.JewelryRenderer.Scenes.Elements;

/// <summary>Display furniture. Colours are quiet, so that the piece stays the brightest thing.</summary>
internal static class Props
{
    private static readonly Vector3[] Cloths = [new(0.62f, 0.58f, 0.53f), new(0.30f, 0.31f, 0.34f), new(0.72f, 0.70f, 0.68f), new(0.10f, 0.13f, 0.20f), new(0.45f, 0.33f, 0.29f), new(0.20f, 0.27f, 0.24f)];

    public static Material Cloth(ulong seed) => PropMaterials.Cloth(Cloths[(int)(seed % (ulong)Cloths.Length)]);

    /// <summary>A padded block with a slot that holds a ring upright; its top is at y = 0.</summary>
    public static void RingPad(Assembly into, Material cloth, float width, float height)
    {
        // Two rolls with a gap read as the folded foam of a ring box.
        for (var side = -1; side <= 1; side += 2)
            into.Add(Solid.Box(new Vector3(width, height / 2, 0.62f), 0.3f), cloth, Placement.At(0, -height / 2, side * 0.63f));
    }

    /// <summary>A leaning padded board around the origin of its own plane (y up out of the board), with the table below.</summary>
    public static void Board(Assembly into, Material cloth, float halfWidth, float halfLength) =>
        into.Add(Solid.Box(new Vector3(halfWidth, 0.4f, halfLength), 0.3f), cloth, Placement.At(0, -0.4f, 0));

    /// <summary>A bust without a head: (radius, height) of its front, flattened front to back by <see cref="BustDepth"/>.</summary>
    public static void Bust(Assembly into, Material cloth)
    {
        var profile = new List<Vector2> { new(0, 0) };
        for (var i = 0; i <= 40; i++) profile.Add(new Vector2(BustRadius(i / 40f * BustTop), i / 40f * BustTop));
        profile.Add(new Vector2(0, BustTop + 0.25f));
        into.Add(Solid.Lathe(profile, 72), cloth, Placement.Scale(1, 1, BustDepth));
    }

    public const float BustTop = 19;

    public const float BustDepth = 0.66f;

    public static float BustRadius(float y)
    {
        // Shoulders that narrow into a neck with a slight flare at the cut.
        var neck = 1 / (1 + MathF.Exp((y - 10.2f) * 0.85f));
        return 3.5f + 5.9f * neck * (0.9f + 0.1f * MathF.Sin(y * 0.3f)) + 0.35f * MathF.Exp((y - BustTop) * 0.9f);
    }

    /// <summary>A padded roll along x that a bracelet sits on; its axis is at the origin.</summary>
    public static void Roll(Assembly into, Material cloth, float radius, float halfLength) =>
        into.Add(Solid.Disc(radius, halfLength, 0.35f), cloth, Placement.TurnZ(MathF.PI / 2));

    /// <summary>A card that earrings are fixed to, facing +z, centred at the origin.</summary>
    public static void Card(Assembly into, Material paper, float halfWidth, float halfHeight) =>
        into.Add(Solid.Box(new Vector3(halfWidth, 0.06f, halfHeight), 0.25f), paper, Placement.TurnX(MathF.PI / 2) * Placement.At(0, 0, -0.06f));

    public const float RailRadius = 0.13f;

    /// <summary>A rod on two posts; its axis is at y = 0.</summary>
    public static void Rail(Assembly into, Material wood, float halfWidth, float height)
    {
        into.Add(Solid.Disc(RailRadius, halfWidth, 0.05f, 0, 24), wood, Placement.TurnZ(MathF.PI / 2));
        for (var side = -1; side <= 1; side += 2)
            into.Add(Solid.Box(new Vector3(0.13f, height / 2 + 0.12f, 0.16f), 0.08f), wood, Placement.At(side * halfWidth, -height / 2 + 0.06f, 0));
        into.Add(Solid.Box(new Vector3(halfWidth + 0.3f, 0.12f, 0.8f), 0.1f), wood, Placement.At(0, -height + 0.12f, 0));
    }
}
