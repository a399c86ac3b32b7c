namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// Randomness without a state: a number drawn from what it is for. The same contents then make the same index, whichever way and on however
/// many threads it came about, and there is nothing to save.
/// </summary>
internal struct Draw(ulong seed)
{
    private ulong _state = seed;

    public static Draw For(ulong seed, int a, int b, int c) =>
        new(Mix(Mix(Mix(seed ^ (uint)a) ^ (uint)b) ^ (uint)c));

    /// <summary>SplitMix64's output function: every bit of the result depends on every bit of the input.</summary>
    public static ulong Mix(ulong z)
    {
        z += 0x9E37_79B9_7F4A_7C15ul;
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9ul;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBul;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="bound"/> − 1. The bias of the multiplication is below 2^-32.</summary>
    public int Next(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>In [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1ul << 53));

    /// <summary>Normally distributed with deviation 1, by Box and Muller. 1 − u lies in (0, 1], whose logarithm is finite.</summary>
    public double NextGaussian() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    public ulong Next()
    {
        var drawn = Mix(_state);
        _state += 0x9E37_79B9_7F4A_7C15ul;
        return drawn;
    }
}
