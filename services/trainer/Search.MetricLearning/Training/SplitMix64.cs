namespace Search.MetricLearning.Training;

/// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): neighbouring numbers in, numbers that have nothing in common out.</summary>
internal static class SplitMix64
{
    /// <summary>What Weyl's sequence adds from one number to the next.</summary>
    public const ulong Step = 0x9e3779b97f4a7c15;

    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
