namespace Search.MetricLearning.Training;

/// <summary>Seeds that depend on nothing but where a run is, so that a resumed run draws what an uninterrupted one would have drawn.</summary>
internal static class StepSeed
{
    /// <summary>Mixed so that neighbouring steps and positions do not get neighbouring seeds.</summary>
    public static int Mix(int seed, int step, int position) =>
        // System.HashCode differs from run to run.
        (int)SplitMix64.Mix(((ulong)(uint)seed << 40) ^ ((ulong)(uint)step << 20) ^ (uint)position);
}
