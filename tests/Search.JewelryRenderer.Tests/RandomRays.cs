using System.Numerics;
using Search.JewelryRenderer.Geometry;
using Search.JewelryRenderer.Scenes;

namespace Search.JewelryRenderer.Tests;

internal static class RandomRays
{
    /// <summary>Rays from a shell around a box towards points inside it: about half of them hit what is there.</summary>
    public static IEnumerable<Ray> Towards(Bounds box, int count, ulong seed = 7)
    {
        var random = new Randomness(seed);
        Vector3 Any() => new(random.Between(-1, 1), random.Between(-1, 1), random.Between(-1, 1));
        for (var i = 0; i < count; i++)
        {
            var origin = box.Centre + Vector3.Normalize(Any() + new Vector3(1e-3f)) * box.Size.Length();
            var target = box.Centre + Any() * box.Size / 2;
            yield return new Ray(origin, (target - origin) * random.Between(0.2f, 3));
        }
    }
}
