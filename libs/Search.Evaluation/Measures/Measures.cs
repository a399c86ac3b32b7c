using System.Globalization;

namespace Search.Evaluation;

/// <summary>The measures of <see cref="RankedMetrics"/> by name.</summary>
public static class Measures
{
    public static Measure RPrecision { get; } = new("R-precision", (in a) => RankedMetrics.RPrecision(a.Relevance, a.RelevantCount));

    /// <summary>Its mean over queries is mAP.</summary>
    public static Measure AveragePrecision { get; } = new("mAP", (in a) => RankedMetrics.AveragePrecision(a.Relevance, a.RelevantCount));

    /// <summary>Its mean over queries is MRR.</summary>
    public static Measure ReciprocalRank { get; } = new("MRR", (in a) => RankedMetrics.ReciprocalRank(a.Relevance));

    /// <summary>What a report shows unless told otherwise.</summary>
    public static IReadOnlyList<Measure> Default { get; } =
    [
        PrecisionAt(1), PrecisionAt(10), RecallAt(10), SuccessAt(1), SuccessAt(5), RPrecision, AveragePrecision, AveragePrecisionAt(10),
        ReciprocalRank, NdcgAt(10), NdcgAt(10, Gain.Linear),
    ];

    public static Measure PrecisionAt(int k) => new(At("P", k), (in a) => RankedMetrics.PrecisionAtK(a.Relevance, k));

    public static Measure RecallAt(int k) => new(At("recall", k), (in a) => RankedMetrics.RecallAtK(a.Relevance, k, a.RelevantCount));

    /// <summary>Named as in metric learning, where R@k asks whether anything relevant is among the first k.</summary>
    public static Measure SuccessAt(int k) => new(At("R", k), (in a) => RankedMetrics.SuccessAtK(a.Relevance, k));

    public static Measure AveragePrecisionAt(int k) => new(At("mAP", k), (in a) => RankedMetrics.AveragePrecisionAtK(a.Relevance, k, a.RelevantCount));

    public static Measure NdcgAt(int k, Gain gain = Gain.Exponential) => new(
        At("nDCG", k) + (gain == Gain.Linear ? " linear" : ""),
        (in a) => RankedMetrics.NdcgOfOrdered(a.Grades, a.IdealGrades, k, gain));

    /// <summary>The measure of a name as reports write it, e.g. <c>mAP</c>, <c>R@1</c> or <c>nDCG@10</c>; null for none of these.</summary>
    public static Measure? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (s_plain.FirstOrDefault(measure => measure.Name == name) is { } plain)
            return plain;
        return name.Split('@') is [var kind, var rank] && s_ranked.TryGetValue(kind, out var at)
            && int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var k) && k >= 1 ? at(k) : null;
    }

    private static readonly Measure[] s_plain = [RPrecision, AveragePrecision, ReciprocalRank];

    private static readonly Dictionary<string, Func<int, Measure>> s_ranked = new(StringComparer.Ordinal)
    {
        ["P"] = PrecisionAt, ["recall"] = RecallAt, ["R"] = SuccessAt, ["mAP"] = AveragePrecisionAt, ["nDCG"] = k => NdcgAt(k),
    };

    private static string At(string name, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return name + "@" + k.ToString(CultureInfo.InvariantCulture);
    }
}
