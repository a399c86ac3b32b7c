using System.Numerics;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Lighting;

/// <summary>How pictures are lit.</summary>
internal static class StudioPresets
{
    /// <summary>
    /// A catalogue shot: a large key box, a fill and a strip behind, in a pale tent. Black cards at the sides draw the dark lines
    /// without which polished silver on white has no edges.
    /// </summary>
    public static Studio Tent(Randomness random, float brightness)
    {
        var side = random.Chance(0.5f) ? 1 : -1;
        var warm = random.Between(-0.02f, 0.03f);
        var white = new Vector3(1 + warm, 1, 1 - warm);
        var boxes = new List<(Panel, Vector3)>
        {
            (new Panel(side * random.Between(0.5f, 1.1f), random.Between(0.75f, 1.05f), random.Between(0.35f, 0.55f), random.Between(0.3f, 0.45f)), white * random.Between(3.2f, 4.6f)),
            (new Panel(-side * random.Between(1.2f, 1.9f), random.Between(0.45f, 0.8f), random.Between(0.18f, 0.3f), random.Between(0.3f, 0.5f)), white * random.Between(1.4f, 2.4f)),
            (new Panel(MathF.PI + side * random.Between(-0.5f, 0.5f), random.Between(0.5f, 0.9f), random.Between(0.4f, 0.6f), random.Between(0.12f, 0.22f)), white * random.Between(2.2f, 3.6f)),
            (new Panel(random.Between(-3, 3), random.Between(1.2f, 1.5f), 0.12f, 0.12f), white * 7),
        };
        Panel Card(float azimuth, float elevation, float halfWidth, float halfHeight) => new(azimuth, elevation, halfWidth, halfHeight) { Softness = 0.7f };
        Panel[] cards =
        [
            Card(side * random.Between(1.45f, 1.8f), 0.16f, 0.34f, 0.34f),
            Card(-side * random.Between(0.35f, 0.8f), 0.12f, 0.3f, 0.24f),
            Card(side * random.Between(2.5f, 2.9f), 0.2f, 0.34f, 0.3f),
            Card(-side * random.Between(2.2f, 2.7f), 0.75f, 0.38f, 0.2f),
            Card(side * random.Between(0f, 0.4f), 1.32f, 0.16f, 0.38f),
        ];
        return new Studio(new Vector3(0.27f) * brightness, new Vector3(0.64f) * brightness, boxes, cards);
    }

    /// <summary>A room: a bright window on one side, a small warm lamp, dark walls.</summary>
    public static Studio Room(Randomness random)
    {
        var warm = random.Between(0.02f, 0.16f);
        var lamp = new Vector3(1 + warm, 1, 1 - warm * 1.3f);
        var day = new Vector3(1 - warm * 0.5f, 1, 1 + warm * 0.5f);
        var window = random.Between(-3, 3);
        return new Studio(
            new Vector3(0.16f, 0.15f, 0.14f), new Vector3(0.36f, 0.35f, 0.33f),
            [
                (new Panel(window, random.Between(0.45f, 0.8f), random.Between(0.3f, 0.5f), random.Between(0.35f, 0.5f)), day * random.Between(3, 5)),
                (new Panel(window + random.Between(1.6f, 3), random.Between(0.9f, 1.3f), 0.2f, 0.2f), lamp * random.Between(4, 8)),
                (new Panel(random.Between(-3, 3), random.Between(0.3f, 0.6f), 0.12f, 0.3f), lamp * 2.5f),
            ],
            [new Panel(window + 2.4f, 0.3f, 0.5f, 0.3f), new Panel(window - 1.3f, 0.2f, 0.4f, 0.3f)]);
    }
}
