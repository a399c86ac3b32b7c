namespace Search.Evaluation;

/// <summary>A mean over queries and the interval in which it plausibly lies.</summary>
/// <param name="Mean">The mean of the sample.</param>
/// <param name="Lower">Lower end, at most the mean.</param>
/// <param name="Upper">Upper end, at least the mean.</param>
public readonly record struct ConfidenceInterval(double Mean, double Lower, double Upper)
{
    /// <summary>
    /// Percentile bootstrap (Efron, 1979): the sample is redrawn with replacement many times, and the interval holds the
    /// middle share of the means. It assumes nothing about the distribution; per-query precision is far from normal.
    /// The same values and seed give the same interval.
    /// </summary>
    /// <param name="values">One value a query. None gives (0, 0, 0); one gives an interval of no width.</param>
    /// <param name="level">Share of the means inside, in (0, 1).</param>
    /// <param name="draws">How often the sample is redrawn, at least 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static ConfidenceInterval Bootstrap(ReadOnlySpan<double> values, double level = 0.95, int draws = 2000, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (!(level > 0 && level < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level must be between 0 and 1.");
        if (values.IsEmpty)
            return default;

        double total = 0;
        foreach (var value in values)
            total += value;
        var mean = total / values.Length;

        var random = new Random(seed);
        var means = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            double sum = 0;
            for (var i = 0; i < values.Length; i++)
                sum += values[random.Next(values.Length)];
            means[draw] = sum / values.Length;
        }
        Array.Sort(means);
        var tail = (1 - level) / 2;
        // A very skewed sample may leave its own mean outside the percentiles; the interval always contains it.
        return new ConfidenceInterval(mean, Math.Min(mean, Quantile(means, tail)), Math.Max(mean, Quantile(means, 1 - tail)));
    }

    /// <summary>
    /// The mean of the differences pair by pair, bootstrapped over the pairs. Where two models answer the same queries this interval is much narrower than those of the two means suggest, because easy
    /// queries are easy for both. Exchanging the two gives the mirror image: the same draws are made.
    /// </summary>
    /// <param name="mine">One value a query.</param>
    /// <param name="its">The other's, in the same order.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="ArgumentException">There are not as many of the one as of the other.</exception>
    public static ConfidenceInterval OfGain(ReadOnlySpan<double> mine, ReadOnlySpan<double> its, int seed = 1)
    {
        if (mine.Length != its.Length)
            throw new ArgumentException($"{mine.Length} values can't be paired with {its.Length}.", nameof(its));
        var gains = new double[mine.Length];
        for (var i = 0; i < gains.Length; i++)
            gains[i] = mine[i] - its[i];
        return Bootstrap(gains, seed: seed);
    }

    /// <summary>Linear interpolation between the two nearest order statistics.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
