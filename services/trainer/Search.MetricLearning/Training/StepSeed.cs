namespace Search.MetricLearning.Training;

/// <summary>Seeds that depend on nothing but where a run is, so that a resumed run draws what an uninterrupted one would have drawn.</summary>
internal static class StepSeed
{
    /// <summary>Mixed so that neighbouring steps and positions do not get neighbouring seeds.</summary>
    public static int Mix(int seed, int step, int position)
    {
        // SplitMix64's finaliser; System.HashCode differs from run to run.
        var z = ((ulong)(uint)seed << 40) ^ ((ulong)(uint)step << 20) ^ (uint)position;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return (int)(z ^ (z >> 31));
    }
}
