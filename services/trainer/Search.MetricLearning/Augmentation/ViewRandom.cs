using System.Numerics;
using Search.MetricLearning.Training;

namespace Search.MetricLearning.Augmentation;

/// <summary>
/// The chance that training's views come from: xoshiro256++ (Blackman and Vigna, 2021), seeded by SplitMix64. A view's noise alone asks for half a million
/// numbers, and the framework's generator with a seed is the slow one of 1987. One thread at a time.
/// </summary>
internal sealed class ViewRandom : Random
{
    private ulong _a, _b, _c, _d;

    public ViewRandom(int seed)
    {
        var state = (ulong)(uint)seed;
        (_a, _b, _c, _d) = (Seeded(), Seeded(), Seeded(), Seeded());
        ulong Seeded() => SplitMix64.Mix(state += SplitMix64.Step);
    }

    public override int Next() => Next(int.MaxValue);

    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return (int)(((Draw() >> 32) * (ulong)maxValue) >> 32);
    }

    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return (int)(minValue + (long)(((Draw() >> 32) * (ulong)((long)maxValue - minValue)) >> 32));
    }

    public override double NextDouble() => (Draw() >> 11) * (1.0 / (1ul << 53));

    public override float NextSingle() => (Draw() >> 40) * (1.0f / (1 << 24));

    protected override double Sample() => NextDouble();

    private ulong Draw()
    {
        var result = BitOperations.RotateLeft(_a + _d, 23) + _a;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }
}
