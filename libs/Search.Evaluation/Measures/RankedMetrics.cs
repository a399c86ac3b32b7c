namespace Search.Evaluation;

/// <summary>
/// Quality of one ranked answer, best first. Definitions follow Manning, Raghavan and Schütze, "Introduction to
/// Information Retrieval" (2008), chapter 8; DCG follows Järvelin and Kekäläinen (2002) with the gains of <see cref="Gain"/>.
/// Every measure but DCG is in [0, 1], and all are 0 where they have no meaning: nothing relevant exists, or nothing was returned.
/// A k beyond the answer's length is allowed: what is missing counts as irrelevant.
/// </summary>
public static class RankedMetrics
{
    /// <summary>Share of relevant results among the first k. Missing results count as irrelevant: a short answer is not a better one.</summary>
    /// <param name="relevance">Whether each result is relevant, best first.</param>
    /// <param name="k">At least 1.</param>
    public static double PrecisionAtK(ReadOnlySpan<bool> relevance, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return (double)Hits(relevance, k) / k;
    }

    /// <summary>Share of all relevant items found among the first k.</summary>
    /// <param name="relevance">Whether each result is relevant, best first.</param>
    /// <param name="k">At least 1.</param>
    /// <param name="relevantCount">Relevant items that exist, found or not; at least as many as <paramref name="relevance"/> has.</param>
    public static double RecallAtK(ReadOnlySpan<bool> relevance, int k, int relevantCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        RequireCount(relevance, relevantCount);
        return relevantCount == 0 ? 0 : (double)Hits(relevance, k) / relevantCount;
    }

    /// <summary>Precision at R, where R is the number of relevant items: 1 only if all of them come first.</summary>
    /// <inheritdoc cref="RecallAtK" path="/param"/>
    public static double RPrecision(ReadOnlySpan<bool> relevance, int relevantCount)
    {
        RequireCount(relevance, relevantCount);
        return relevantCount == 0 ? 0 : PrecisionAtK(relevance, relevantCount);
    }

    /// <summary>
    /// Mean over all relevant items of the precision at each one's rank; an item that was not returned contributes 0.
    /// The mean of this over queries is mAP.
    /// </summary>
    /// <inheritdoc cref="RecallAtK" path="/param"/>
    public static double AveragePrecision(ReadOnlySpan<bool> relevance, int relevantCount)
    {
        RequireCount(relevance, relevantCount);
        if (relevantCount == 0)
            return 0;
        double sum = 0;
        var hits = 0;
        for (var i = 0; i < relevance.Length; i++)
            if (relevance[i])
                sum += (double)++hits / (i + 1);
        return sum / relevantCount;
    }

    /// <summary>
    /// Average precision of the first k: the sum of the precisions at their relevant ranks, divided by the most relevant results that k
    /// places can hold, min(k, relevant items), so that 1 can be reached. (trec_eval's map_cut divides by all relevant items instead.)
    /// </summary>
    /// <inheritdoc cref="RecallAtK" path="/param"/>
    public static double AveragePrecisionAtK(ReadOnlySpan<bool> relevance, int k, int relevantCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        RequireCount(relevance, relevantCount);
        return relevantCount == 0 ? 0 : AveragePrecision(relevance[..Math.Min(k, relevance.Length)], Math.Min(k, relevantCount));
    }

    /// <summary>1 over the rank of the first relevant result. The mean of this over queries is MRR.</summary>
    /// <param name="relevance">Whether each result is relevant, best first.</param>
    public static double ReciprocalRank(ReadOnlySpan<bool> relevance)
    {
        var first = relevance.IndexOf(true);
        return first < 0 ? 0 : 1.0 / (first + 1);
    }

    /// <summary>
    /// 1 if anything relevant is among the first k, else 0. Metric learning calls its mean recall@k (R@1, R@5), trec_eval success;
    /// it is <see cref="RecallAtK"/> where one relevant item exists.
    /// </summary>
    /// <param name="relevance">Whether each result is relevant, best first.</param>
    /// <param name="k">At least 1.</param>
    public static double SuccessAtK(ReadOnlySpan<bool> relevance, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return relevance[..Math.Min(k, relevance.Length)].Contains(true) ? 1 : 0;
    }

    /// <summary>Discounted cumulative gain of the first k: each result's gain divided by log2(rank + 1).</summary>
    /// <param name="grades">Grade of each result, best first; at least 0.</param>
    /// <param name="k">At least 1.</param>
    /// <param name="gain">What a grade is worth.</param>
    public static double DcgAtK(ReadOnlySpan<double> grades, int k, Gain gain = Gain.Exponential)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        RequireGrades(grades, nameof(grades));
        return DiscountedGain(grades, k, gain);
    }

    /// <summary>DCG of the first k against that of the best possible order.</summary>
    /// <param name="grades">Grade of each result, best first; at least 0.</param>
    /// <param name="allGrades">Grades of all items that could have been returned, in any order.</param>
    /// <param name="k">At least 1.</param>
    /// <param name="gain">What a grade is worth.</param>
    public static double NdcgAtK(ReadOnlySpan<double> grades, ReadOnlySpan<double> allGrades, int k, Gain gain = Gain.Exponential)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        RequireGrades(grades, nameof(grades));
        RequireGrades(allGrades, nameof(allGrades));
        var best = allGrades.ToArray();
        Array.Sort(best, (a, b) => b.CompareTo(a));
        return NdcgOfOrdered(grades, best, k, gain);
    }

    /// <summary><see cref="NdcgAtK"/> of checked grades, the ideal ones in order, so that many measures share one sort.</summary>
    internal static double NdcgOfOrdered(ReadOnlySpan<double> grades, ReadOnlySpan<double> idealGrades, int k, Gain gain)
    {
        var ideal = DiscountedGain(idealGrades, k, gain);
        return ideal == 0 ? 0 : DiscountedGain(grades, k, gain) / ideal;
    }

    private static double DiscountedGain(ReadOnlySpan<double> grades, int k, Gain gain)
    {
        double sum = 0;
        for (var i = 0; i < Math.Min(k, grades.Length); i++)
            sum += (gain == Gain.Linear ? grades[i] : Math.Pow(2, grades[i]) - 1) / Math.Log2(i + 2);
        return sum;
    }

    private static int Hits(ReadOnlySpan<bool> relevance, int k) => relevance[..Math.Min(k, relevance.Length)].Count(true);

    private static void RequireCount(ReadOnlySpan<bool> relevance, int relevantCount)
    {
        if (relevantCount < relevance.Count(true))
            throw new ArgumentOutOfRangeException(
                nameof(relevantCount), relevantCount, "More results are relevant than relevant items exist.");
    }

    private static void RequireGrades(ReadOnlySpan<double> grades, string name)
    {
        foreach (var grade in grades)
            if (!double.IsFinite(grade) || grade < 0)
                throw new ArgumentException($"A grade must be finite and not negative, not {grade}.", name);
    }
}
