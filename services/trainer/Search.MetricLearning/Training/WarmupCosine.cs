namespace Search.MetricLearning.Training;

/// <summary>Learning rate as a share of its peak: a linear rise, then half a cosine to zero (Loshchilov and Hutter, 2017).</summary>
public static class WarmupCosine
{
    /// <param name="step">From 0.</param>
    /// <param name="warmup">Steps of the rise.</param>
    /// <param name="steps">All steps.</param>
    /// <returns>In (0, 1].</returns>
    public static double At(int step, int warmup, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, steps);
        if (step < warmup)
            return (step + 1.0) / (warmup + 1);
        return 0.5 * (1 + Math.Cos(Math.PI * (step - warmup) / Math.Max(1, steps - warmup)));
    }
}
