namespace Search.Ann.Indexes;

/// <summary>How many things have 0, 1, 2 … of something.</summary>
/// <param name="Of">What is counted, e.g. "links on level 0".</param>
/// <param name="Counts">Place n: how many have n. No zeros at the end.</param>
public sealed record Histogram(string Of, IReadOnlyList<long> Counts)
{
    /// <summary>How many were counted.</summary>
    public long Things => Counts.Sum();

    /// <summary>0 where there is nothing to count.</summary>
    public double Mean => Things == 0 ? 0 : Counts.Select((count, n) => (double)count * n).Sum() / Things;

    /// <summary>The largest number that one of them has; 0 where there are none.</summary>
    public int Most => Math.Max(0, Counts.Count - 1);

    /// <summary>The least n that <paramref name="share"/> of the things do not exceed; 0 where there are none.</summary>
    /// <param name="share">0 to 1.</param>
    public int Quantile(double share)
    {
        var wanted = share * Things;
        long sum = 0;
        for (var n = 0; n < Counts.Count; n++)
        {
            if ((sum += Counts[n]) >= wanted) return n;
        }
        return Most;
    }
}
