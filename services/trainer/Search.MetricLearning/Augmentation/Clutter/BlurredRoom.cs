using System.Numerics;

namespace Search.MetricLearning.Augmentation.Clutter;

/// <summary>Whatever lies behind, far out of focus: soft things and lights of any colour.</summary>
internal static class BlurredRoom
{
    public static Surface Create(Random random)
    {
        var noise = new ValueNoise(random);
        var ground = random.Near(random.Of<uint>(0x8C8578, 0x5B5F66, 0xB9AFA2, 0x3D352F, 0x7D8C84), 0.1f);
        var things = new (Vector2 Place, float Size, Vector3 Colour, float Edge)[random.Next(5, 14)];
        for (var i = 0; i < things.Length; i++)
        {
            var colour = new Vector3(random.NextSingle(), random.NextSingle(), random.NextSingle());
            things[i] = (
                new Vector2(random.Between(-0.1f, 1.1f), random.Between(-0.1f, 1.1f)),
                random.Between(0.04f, 0.3f),
                Vector3.Lerp(colour, new Vector3(random.Between(0.1f, 0.95f)), 0.45f),
                random.Between(0.15f, 0.6f));
        }
        return (x, y) =>
        {
            var colour = ground * (0.8f + 0.4f * noise.At(x * 2, y * 2));
            foreach (var thing in things)
            {
                var inside = (1 - (new Vector2(x, y) - thing.Place).Length() / thing.Size) / thing.Edge;
                colour = Vector3.Lerp(colour, thing.Colour, 0.85f * Math.Clamp(inside, 0, 1));
            }
            return colour;
        };
    }
}
