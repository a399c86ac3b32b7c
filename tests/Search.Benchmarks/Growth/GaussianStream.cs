namespace Search.Benchmarks.Growth;

/// <summary>
/// Normally distributed numbers, a stream of their own for every key: any vector of a set can be made without those before it, on any thread. SplitMix64 (Steele et al., OOPSLA 2014) and Box-Muller.
/// </summary>
internal struct GaussianStream(ulong seed, ulong kind, ulong key)
{
    private ulong _state = Mix(Mix(seed + kind * 0x9E3779B97F4A7C15) ^ key);

    /// <summary>Fills the row with deviates of the given deviation, added to what is there.</summary>
    internal void AddTo(Span<float> row, float deviation)
    {
        for (var i = 0; i < row.Length; i += 2)
        {
            // In (0, 1], whose logarithm is finite.
            var radius = deviation * Math.Sqrt(-2 * Math.Log(1 - Uniform()));
            var (sin, cos) = Math.SinCos(2 * Math.PI * Uniform());
            row[i] += (float)(radius * cos);
            if (i + 1 < row.Length) row[i + 1] += (float)(radius * sin);
        }
    }

    /// <summary>0 to below <paramref name="limit"/>.</summary>
    internal long Below(long limit) => (long)(Uniform() * limit);

    private double Uniform()
    {
        _state += 0x9E3779B97F4A7C15;
        return (Mix(_state) >> 11) * (1.0 / (1L << 53));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
