using System.Text.Json;
using Search.Testing;

namespace Search.Evaluation.Tests;

/// <summary>The definitions against scikit-learn's, recorded in reference-metrics.json; reference-metrics.py made it and says how.</summary>
public sealed class ReferenceMetricsTests
{
    private static readonly Case[] s_cases = Read();

    [Fact]
    public void RankMeasures_OfRecordedAnswers_EqualScikitLearn()
    {
        Assert.All(s_cases, c =>
        {
            var relevance = c.Grades.Select(g => g > 0).ToArray();
            var relevant = relevance.Count(r => r);
            Assert.Equal(c.AveragePrecision, RankedMetrics.AveragePrecision(relevance, relevant), 1e-12);
            Assert.Equal(c.ReciprocalRank, RankedMetrics.ReciprocalRank(relevance), 1e-12);
            Assert.Equal(c.RPrecision, RankedMetrics.RPrecision(relevance, relevant), 1e-12);
        });
    }

    [Fact]
    public void CutMeasures_OfRecordedAnswers_EqualScikitLearn()
    {
        Assert.All(s_cases.SelectMany(c => c.Cuts, (c, cut) => (c.Grades, cut)), pair =>
        {
            var (grades, cut) = pair;
            var relevance = grades.Select(g => g > 0).ToArray();
            var relevant = relevance.Count(r => r);
            Assert.Equal(cut.Precision, RankedMetrics.PrecisionAtK(relevance, cut.K), 1e-12);
            Assert.Equal(cut.Recall, RankedMetrics.RecallAtK(relevance, cut.K, relevant), 1e-12);
            Assert.Equal(cut.AveragePrecision, RankedMetrics.AveragePrecisionAtK(relevance, cut.K, relevant), 1e-12);
            Assert.Equal(cut.DcgLinear, RankedMetrics.DcgAtK(grades, cut.K, Gain.Linear), 1e-9);
            Assert.Equal(cut.NdcgLinear, RankedMetrics.NdcgAtK(grades, grades, cut.K, Gain.Linear), 1e-12);
            Assert.Equal(cut.DcgExponential, RankedMetrics.DcgAtK(grades, cut.K), 1e-9);
            Assert.Equal(cut.NdcgExponential, RankedMetrics.NdcgAtK(grades, grades, cut.K), 1e-12);
        });
    }

    private static Case[] Read()
    {
        var path = Path.Combine(Repository.Root, "tests", "Search.Evaluation.Tests", "reference-metrics.json");
        var recorded = JsonSerializer.Deserialize<Recorded>(File.ReadAllText(path), JsonSerializerOptions.Web)!;
        Assert.NotEmpty(recorded.Cases);
        return recorded.Cases;
    }

    private sealed record Recorded(string ScikitLearn, Case[] Cases);

    private sealed record Case(double[] Grades, double AveragePrecision, double ReciprocalRank, double RPrecision, Cut[] Cuts);

    private sealed record Cut(
        int K, double Precision, double Recall, double AveragePrecision,
        double DcgLinear, double NdcgLinear, double DcgExponential, double NdcgExponential);
}
