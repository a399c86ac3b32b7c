using System.Globalization;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Verdicts;
using Search.Evaluation.Gate;

namespace Search.Ann.Gate;

/// <summary>
/// Judges a candidate beside production on the catalogue itself: both have a collection of it, and the items' categories and further pictures say what should be found. One at a time, since each has
/// the vectors in memory once more and a processor to itself.
/// </summary>
internal sealed class CatalogueGate(GateReader reader, IOptions<GateOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    public async Task<ModelVerdict> JudgeAsync(EmbeddingModelId candidate, EmbeddingModelId production, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var catalogue = await reader.ReadAsync(candidate, production, cancellation);
            var result = await Task.Run(() => Judge(catalogue), cancellation);
            return Compose(candidate, production, catalogue, result);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private GateResult Judge(GateCatalogue catalogue)
    {
        GateMetric.TryParse(options.Value.Metrics, GateQuestion.Ids, out var metrics, out _);
        var (categoryOf, names) = CategoryNumbers.Of(catalogue.Items.Select(item => item.Category));
        var evidence = metrics.GroupBy(metric => metric.Question).SelectMany(question => GateQuestion.All.First(known => known.Id == question.Key).Ask(
            catalogue, categoryOf, [.. question.Select(metric => metric.Measure)])).ToDictionary(one => one.Metric);
        return GateJudge.Judge([.. metrics.Select(metric => evidence[metric.Name])], names, options.Value.Policy);
    }

    private ModelVerdict Compose(EmbeddingModelId candidate, EmbeddingModelId production, GateCatalogue catalogue, GateResult result)
    {
        var outcome = (VerdictOutcome)(int)result.Outcome;
        var reasons = result.Reasons.ToList();
        if (catalogue.Lacking > options.Value.Tolerance * catalogue.Pictures)
        {
            outcome = VerdictOutcome.Failed;
            reasons.Insert(0, string.Create(CultureInfo.InvariantCulture, $"The candidate has no vector of {catalogue.Lacking} of {catalogue.Pictures} pictures, which it will never find."));
        }
        return new ModelVerdict
        {
            Candidate = candidate,
            Production = production,
            Source = VerdictSource.Catalogue,
            JudgedAt = time.GetUtcNow(),
            DataHash = catalogue.Hash(),
            Items = catalogue.Items.Count,
            Pictures = catalogue.Pictures,
            Outcome = outcome,
            Admits = outcome == VerdictOutcome.Passed || outcome == VerdictOutcome.Undecided && options.Value.WhenUndecided == UndecidedPolicy.Allow,
            Reasons = [.. reasons],
            Figures = [.. result.Figures.Select(Describe)],
        };
    }

    private static VerdictFigure Describe(GateFigure figure) => new(
        figure.Metric, figure.Queries, figure.Candidate, figure.Production, figure.Gain.Mean, figure.Gain.Lower, figure.Gain.Upper,
        [.. figure.Categories.Select(category => new VerdictCategory(
            category.Name, category.Queries, category.Candidate, category.Production, category.Gain.Mean, category.Gain.Lower, category.Gain.Upper, category.Counted, category.Worse))]);
}
