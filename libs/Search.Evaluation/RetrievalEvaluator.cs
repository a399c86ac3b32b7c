using Search.Vectors;

namespace Search.Evaluation;

/// <summary>
/// Ranks a gallery for each query by dot product, exactly, and measures whether results share the query's label.
/// A query's own group is taken out of the gallery first; ties are broken by the gallery's order.
/// </summary>
public static class RetrievalEvaluator
{
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static RetrievalReport Evaluate(LabelledVectors queries, LabelledVectors gallery)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(gallery);
        if (queries.Dimension != gallery.Dimension)
            throw new ArgumentException($"Queries have {queries.Dimension} components, the gallery {gallery.Dimension}.", nameof(gallery));

        List<double> p1 = [], p10 = [], r = [], ap = [], ndcg = [];
        var ranking = new ScoredId[gallery.Count];
        var relevance = new bool[gallery.Count];
        for (var query = 0; query < queries.Count; query++)
        {
            var ranked = Rank(queries, query, gallery, ranking);
            for (var i = 0; i < ranked; i++)
                relevance[i] = gallery.Labels[(int)ranking[i].Id] == queries.Labels[query];
            var answer = relevance.AsSpan(0, ranked);
            var relevant = answer.Count(true);
            if (relevant == 0)
                continue;
            p1.Add(RankedMetrics.PrecisionAtK(answer, 1));
            p10.Add(RankedMetrics.PrecisionAtK(answer, 10));
            r.Add(RankedMetrics.RPrecision(answer, relevant));
            ap.Add(RankedMetrics.AveragePrecision(answer, relevant));
            var grades = Array.ConvertAll(answer.ToArray(), x => x ? 1.0 : 0.0);
            ndcg.Add(RankedMetrics.NdcgAtK(grades, grades, 10));
        }
        return new RetrievalReport(
            queries.Count, queries.Count - p1.Count, Interval(p1), Interval(p10), Interval(r), Interval(ap), Interval(ndcg));
    }

    /// <summary>Fills <paramref name="ranking"/> best first and returns how many gallery rows are outside the query's group.</summary>
    private static int Rank(LabelledVectors queries, int query, LabelledVectors gallery, ScoredId[] ranking)
    {
        var count = 0;
        for (var i = 0; i < gallery.Count; i++)
            if (gallery.Groups[i] != queries.Groups[query])
                ranking[count++] = new ScoredId(i, VectorKernels.Dot(queries[query], gallery[i]));
        Array.Sort(ranking, 0, count);
        return count;
    }

    private static ConfidenceInterval Interval(List<double> values) => ConfidenceInterval.Bootstrap([.. values]);
}
