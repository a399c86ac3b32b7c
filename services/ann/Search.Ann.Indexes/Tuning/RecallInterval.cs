namespace Search.Ann.Indexes.Tuning;

/// <summary>
/// Wilson's score interval at 95 % (Wilson, "Probable inference, the law of succession, and statistical inference", 1927) with a query as one trial. The results of one query are
/// found or missed together, so they are no trials of their own; and a share between 0 and 1 varies at most as much as a coin of the same mean, so the interval is if anything
/// too wide. It stays below 1 when nothing was missed: of n queries without a miss it ends at n / (n + 3.84).
/// </summary>
internal static class RecallInterval
{
    // Of the standard normal distribution, 2.5 % on either side.
    private const double Z = 1.959964;

    /// <param name="mean">0 to 1.</param>
    /// <param name="queries">0 says nothing: from 0 to 1.</param>
    public static (double Low, double High) Of(double mean, int queries)
    {
        if (queries == 0) return (0, 1);
        var weight = Z * Z / queries;
        var centre = (mean + weight / 2) / (1 + weight);
        var half = Math.Sqrt(weight * (mean * (1 - mean) + weight / 4)) / (1 + weight);
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
