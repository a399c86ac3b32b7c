using System.Globalization;

namespace Search.Evaluation.Gate;

/// <summary>
/// Decides whether a candidate may take production's place, from what both answered to the same queries. Differences are paired by query and their intervals bootstrapped with a fixed seed, so the same
/// evidence always gives the same result.
/// </summary>
public static class GateJudge
{
    /// <param name="evidence">One a metric.</param>
    /// <param name="categories">Names that the cases' categories index.</param>
    /// <param name="policy">What the candidate has to show.</param>
    /// <exception cref="ArgumentException">A value is not a finite number, or a category has no name.</exception>
    public static GateResult Judge(IReadOnlyList<GateEvidence> evidence, IReadOnlyList<string> categories, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(policy);
        var figures = new List<GateFigure>();
        var (losses, notJudged) = (new List<string>(), new List<string>());
        var judged = 0;
        foreach (var (metric, cases) in evidence)
        {
            Require(metric, cases, categories.Count);
            if (cases.Count > 0)
                figures.Add(Measure(metric, cases, categories, policy));
            if (cases.Count < policy.MinQueries)
            {
                notJudged.Add(string.Create(CultureInfo.InvariantCulture, $"{metric} is not judged: {cases.Count} queries, and {policy.MinQueries} are needed."));
                continue;
            }
            judged++;
            losses.AddRange(Losses(figures[^1], policy));
        }
        var outcome = losses.Count > 0 ? GateOutcome.Failed : judged > 0 ? GateOutcome.Passed : GateOutcome.Undecided;
        return new GateResult(outcome, figures, [.. losses, .. notJudged]);
    }

    private static GateFigure Measure(string metric, IReadOnlyList<GateCase> cases, IReadOnlyList<string> categories, GatePolicy policy)
    {
        var (candidate, production, gain) = Compare(cases);
        return new GateFigure(metric, cases.Count, candidate, production, gain,
        [
            .. cases.GroupBy(query => query.Category).OrderBy(category => categories[category.Key], StringComparer.Ordinal).Select(category =>
            {
                var (mine, its, difference) = Compare([.. category]);
                var counted = category.Count() >= policy.MinCategoryQueries;
                var worse = counted && difference.Mean < -policy.CategoryTolerance && difference.Upper < 0;
                return new GateCategory(categories[category.Key], category.Count(), mine, its, difference, counted, worse);
            }),
        ]);
    }

    private static IEnumerable<string> Losses(GateFigure figure, GatePolicy policy)
    {
        var gain = figure.Gain;
        if (gain.Mean < policy.Margin || gain.Lower < -policy.Tolerance)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{Describe(figure.Metric, figure.Candidate, figure.Production, gain, figure.Queries)}; a gain of at least {policy.Margin:0.000} is asked for, and a lower end of at least {-policy.Tolerance:0.000}.");
        }
        foreach (var category in figure.Categories.Where(category => category.Worse))
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{Describe($"{figure.Metric} of {category.Name}", category.Candidate, category.Production, category.Gain, category.Queries)}; a category may lose {policy.CategoryTolerance:0.000}.");
        }
    }

    private static string Describe(string what, double candidate, double production, ConfidenceInterval gain, int queries) => string.Create(CultureInfo.InvariantCulture,
        $"{what} is {candidate:0.000} where production has {production:0.000}: {gain.Mean:+0.000;-0.000} ({gain.Lower:+0.000;-0.000} to {gain.Upper:+0.000;-0.000}) over {queries} queries");

    private static (double Candidate, double Production, ConfidenceInterval Gain) Compare(IReadOnlyList<GateCase> cases) => (
        cases.Average(query => query.Candidate),
        cases.Average(query => query.Production),
        ConfidenceInterval.OfGain([.. cases.Select(query => query.Candidate)], [.. cases.Select(query => query.Production)]));

    private static void Require(string metric, IReadOnlyList<GateCase> cases, int categories)
    {
        foreach (var query in cases)
        {
            if (!double.IsFinite(query.Candidate) || !double.IsFinite(query.Production))
                throw new ArgumentException($"{metric} has a value that is not a finite number.", nameof(cases));
            if ((uint)query.Category >= (uint)categories)
                throw new ArgumentException($"{metric} has a query of category {query.Category}; there are {categories}.", nameof(cases));
        }
    }
}
