namespace Search.Ann.Indexes.Tuning;

/// <summary>
/// The 95 % confidence interval of a mean over queries, by its standard error. A query is one observation: its results are found or missed together. Where hardly any query missed anything the
/// error seen is no measure of the one to come, so the lower end is that with one more query that had found nothing, the upper end with one that had found all: of n queries without a miss the lower end is
/// at about 1 − 3 / n.
/// </summary>
internal static class RecallInterval
{
    // Of the standard normal distribution, 2.5 % on either side.
    private const double Z = 1.959964;

    /// <param name="shares">What each query found, 0 to 1. None say nothing: from 0 to 1.</param>
    public static (double Low, double High) Of(ReadOnlySpan<double> shares)
    {
        if (shares.IsEmpty) return (0, 1);
        var (low, below) = With(shares, 0);
        var (high, above) = With(shares, 1);
        return (Math.Max(0, low - below), Math.Min(1, high + above));
    }

    /// <summary>The lower end where no query missed anything: what so many queries can prove at best.</summary>
    public static double Best(int queries)
    {
        var shares = new double[queries];
        Array.Fill(shares, 1);
        return Of(shares).Low;
    }

    private static (double Mean, double Half) With(ReadOnlySpan<double> shares, double more)
    {
        var count = shares.Length + 1;
        var sum = more;
        foreach (var share in shares)
            sum += share;
        var mean = sum / count;
        var squares = (more - mean) * (more - mean);
        foreach (var share in shares)
            squares += (share - mean) * (share - mean);
        return (mean, Z * Math.Sqrt(squares / count / count));
    }
}
