namespace Search.Evaluation;

/// <summary>Means over queries when the answer is cut after <paramref name="K"/> results.</summary>
/// <param name="K">Length of the answer.</param>
/// <param name="Precision">Mean precision@k.</param>
/// <param name="Recall">Mean recall@k.</param>
/// <param name="Success">Share of queries with a relevant result among the first k.</param>
public readonly record struct CutPoint(int K, double Precision, double Recall, double Success);

/// <summary>How precision and recall go with the length of the answer.</summary>
/// <param name="Cuts">At 1 to 100 results; the last may be beyond the gallery's size.</param>
/// <param name="InterpolatedPrecision">
/// The classic eleven points (Manning et al., 8.4): at recall 0, 0.1, ... 1 the highest precision at that recall or more, mean over queries.
/// </param>
public sealed record RetrievalCurves(IReadOnlyList<CutPoint> Cuts, IReadOnlyList<double> InterpolatedPrecision);

/// <summary>Adds up the curves' points, query by query.</summary>
internal sealed class CurveBuilder
{
    private const int Levels = 11;

    private static readonly int[] s_cuts = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100];

    private readonly double[] _precision = new double[s_cuts.Length], _recall = new double[s_cuts.Length], _success = new double[s_cuts.Length];
    private readonly double[] _interpolated = new double[Levels];
    private int _queries;

    public void Add(ReadOnlySpan<bool> relevance, int relevantCount)
    {
        _queries++;
        for (var i = 0; i < s_cuts.Length; i++)
        {
            _precision[i] += RankedMetrics.PrecisionAtK(relevance, s_cuts[i]);
            _recall[i] += RankedMetrics.RecallAtK(relevance, s_cuts[i], relevantCount);
            _success[i] += RankedMetrics.SuccessAtK(relevance, s_cuts[i]);
        }
        Interpolate(relevance, relevantCount);
    }

    public RetrievalCurves Build()
    {
        double Mean(double sum) => _queries == 0 ? 0 : sum / _queries;
        return new(
            [.. s_cuts.Select((k, i) => new CutPoint(k, Mean(_precision[i]), Mean(_recall[i]), Mean(_success[i])))],
            [.. _interpolated.Select(Mean)]);
    }

    /// <summary>From the end, so that at each hit the highest precision at its recall or more is known.</summary>
    private void Interpolate(ReadOnlySpan<bool> relevance, int relevantCount)
    {
        var hits = relevance.Count(true);
        // Levels beyond the recall of the whole answer get nothing.
        var level = hits * (Levels - 1) / relevantCount;
        double best = 0;
        for (var i = relevance.Length - 1; hits > 0; i--)
        {
            if (!relevance[i])
                continue;
            best = Math.Max(best, (double)hits / (i + 1));
            hits--;
            while (level > 0 && level * relevantCount > hits * (Levels - 1))
                _interpolated[level--] += best;
        }
        _interpolated[0] += best;
    }
}
