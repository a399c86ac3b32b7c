using System.Numerics;

namespace Search.JewelryRenderer.Rendering;

/// <summary>
/// Quasi-random numbers of one pixel sample: the R2 sequence (Roberts 2018), its index shuffled and its values shifted for each
/// pixel and pair of dimensions, so that few samples cover each integral evenly and no two pixels repeat a pattern.
/// </summary>
internal struct Sampler(uint seed, int pixel, int index)
{
    private const uint FirstStep = 3242174889; // 2^32 / plastic number
    private const uint SecondStep = 2447445414; // 2^32 / plastic number squared

    private readonly uint _pixel = Hash((uint)pixel + Hash(seed));
    private readonly uint _index = (uint)index;
    private uint _pair;

    /// <summary>The next two numbers, in [0, 1).</summary>
    public Vector2 Next2()
    {
        var key = Hash(_pixel + 0x9E3779B9u * ++_pair);
        var i = _index ^ (key & 15);
        return new Vector2(ToUnit(key + i * FirstStep), ToUnit(Hash(key) + i * SecondStep));
    }

    public float Next() => Next2().X;

    public static uint Hash(uint x)
    {
        x ^= x >> 16;
        x *= 0x7FEB352Du;
        x ^= x >> 15;
        x *= 0x846CA68Bu;
        return x ^ (x >> 16);
    }

    private static float ToUnit(uint x) => (x >> 8) * (1f / 16777216f);
}
