using System.Numerics;
using Search.JewelryRenderer.Lighting;
using Search.JewelryRenderer.Materials;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Scenes;

/// <summary>Chooses background, light and camera: a shop's studio for the catalogue, a shopper's kitchen table for queries.</summary>
internal static class Photographer
{
    private static readonly Vector3[] Pastels =
    [
        new(0.86f, 0.80f, 0.76f), new(0.78f, 0.82f, 0.84f), new(0.84f, 0.76f, 0.76f), new(0.77f, 0.81f, 0.75f), new(0.86f, 0.83f, 0.74f), new(0.80f, 0.77f, 0.83f),
    ];

    private static readonly Vector3[] Strong =
    [
        new(0.13f, 0.22f, 0.30f), new(0.40f, 0.13f, 0.12f), new(0.10f, 0.24f, 0.17f), new(0.45f, 0.33f, 0.14f), new(0.26f, 0.18f, 0.32f), new(0.55f, 0.42f, 0.38f),
    ];

    /// <summary>A shipped view. The first shows the piece on white or pale grey from the front, as shops do.</summary>
    /// <param name="view">0, 1, 2.</param>
    public static Stage Shop(IJewelryCategory category, Design design, int view)
    {
        var random = new Randomness(design.Seed * 31 + (ulong)view * 7 + 1);
        var display = view == 0 ? 0 : (int)((design.Seed + (ulong)view) % (ulong)category.Displays);
        var shown = category.Present(design, display);
        var azimuth = view switch { 0 => random.Between(-0.25f, 0.25f), 1 => random.Between(0.35f, 0.75f), _ => random.Between(-0.75f, -0.35f) };
        return new Stage
        {
            Product = shown.Product,
            Props = shown.Props,
            FocusPoints = [.. (shown.Focus ?? shown.Product).OutlinePoints()],
            Floor = view == 0 ? Plain(design, random) : ShopFloor(random),
            Studio = StudioPresets.Tent(random, random.Between(0.85f, 1.1f)),
            Shot = new CameraShot
            {
                Azimuth = azimuth,
                Elevation = MathF.Min(1.25f, category.Elevation + (view switch { 0 => 0, 1 => -0.12f, _ => 0.25f }) + random.Between(-0.08f, 0.08f)),
                Distance = random.Between(4.5f, 6.5f),
                Fill = random.Between(0.76f, 0.86f),
            },
            Exposure = view == 0 ? random.Between(1.12f, 1.25f) : random.Between(0.95f, 1.1f),
            Develop = new DevelopSettings(Vector3.One, 0.05f, 0.002f),
        };
    }

    /// <summary>A query: another camera, another table, another light, and a hand that is not quite steady.</summary>
    public static Stage Shopper(IJewelryCategory category, Design design)
    {
        var random = new Randomness(design.Seed * 131 + 77);
        var shown = category.Present(design, random.Below(category.Displays));
        return new Stage
        {
            Product = shown.Product,
            Props = shown.Props,
            FocusPoints = [.. (shown.Focus ?? shown.Product).OutlinePoints()],
            Floor = HomeFloor(random),
            Studio = StudioPresets.Room(random),
            Shot = new CameraShot
            {
                Azimuth = random.Between(0.2f, 0.95f) * (random.Chance(0.5f) ? 1 : -1),
                Elevation = Math.Clamp(category.Elevation + random.Between(-0.25f, 0.35f), 0.35f, 1.3f),
                Distance = random.Between(3.2f, 4.4f),
                Fill = random.Between(0.66f, 0.84f),
                Roll = random.Between(-0.14f, 0.14f),
                Shift = new Vector2(random.Between(-0.1f, 0.1f), random.Between(-0.1f, 0.1f)),
                Aperture = random.Between(0.0f, 0.05f),
            },
            Exposure = random.Between(0.8f, 1.15f),
            Develop = new DevelopSettings(
                new Vector3(random.Between(0.98f, 1.08f), 1, random.Between(0.9f, 1.02f)), random.Between(0.1f, 0.3f), random.Between(0.008f, 0.02f)),
        };
    }

    /// <summary>White paper, but grey under silvery metal: a mirror on white paper is white.</summary>
    private static Floor Plain(Design design, Randomness random)
    {
        var grey = random.Between(0, 1);
        return Floors.Paper(design.Metal.Tone is "silvery" or "grey"
            ? new Vector3(0.50f, 0.515f, 0.535f) * (0.85f + 0.35f * grey)
            : new Vector3(0.84f + 0.08f * grey));
    }

    private static Floor ShopFloor(Randomness r) => r.Below(7) switch
    {
        0 => Floors.Paper(r.Pick(Pastels)),
        1 => Floors.Marble(new Vector3(0.84f, 0.83f, 0.82f), new Vector3(0.45f, 0.45f, 0.47f), r.Between(0, 6)),
        2 => Floors.Linen(new Vector3(0.72f, 0.67f, 0.60f), r.Between(0, 1)),
        3 => Floors.Acrylic(new Vector3(0.035f, 0.036f, 0.04f)),
        4 => Floors.Paper(new Vector3(0.42f, 0.42f, 0.43f)),
        5 => Floors.Terrazzo(new Vector3(0.80f, 0.78f, 0.75f), new Vector3(0.62f, 0.50f, 0.42f), r.Between(0, 6)),
        _ => Floors.Paper(r.Pick(Pastels) * 0.8f),
    };

    private static Floor HomeFloor(Randomness r) => r.Below(7) switch
    {
        0 => Floors.Wood(new Vector3(0.50f, 0.32f, 0.18f), new Vector3(0.30f, 0.17f, 0.09f), r.Between(0, 6)),
        1 => Floors.Wood(new Vector3(0.22f, 0.13f, 0.08f), new Vector3(0.11f, 0.06f, 0.04f), r.Between(0, 6)),
        2 => Floors.Wood(new Vector3(0.68f, 0.54f, 0.38f), new Vector3(0.52f, 0.38f, 0.24f), r.Between(0, 6)),
        3 => Floors.Linen(r.Pick(Strong), r.Between(0, 6)),
        4 => Floors.Slate(new Vector3(0.16f, 0.17f, 0.18f), r.Between(0, 6)),
        5 => Floors.Marble(new Vector3(0.10f, 0.12f, 0.11f), new Vector3(0.55f, 0.53f, 0.48f), r.Between(0, 6)),
        _ => Floors.Paper(r.Pick(Strong)),
    };
}
