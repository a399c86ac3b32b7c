using CsCheck;
using Search.Evaluation.Gate;

namespace Search.Evaluation.Tests.Gate;

public sealed class GateJudgeTests
{
    private static readonly string[] s_names = ["rings", "earrings", "watches", "nothing of this"];

    /// <summary>Queries of the first three categories, with values like those of average precision.</summary>
    private static readonly Gen<GateCase[]> s_cases = Gen.Select(Gen.Int[0, 2], Gen.Double[0, 1], Gen.Double[0, 1], (category, candidate, production) => new GateCase(category, candidate, production)).Array[0, 80];

    [Fact]
    public void IdenticalModels_WithMarginZero_Pass() => s_cases.Sample(cases =>
    {
        var result = Judge([.. cases.Select(query => query with { Candidate = query.Production })], new GatePolicy { Tolerance = 0, CategoryTolerance = 0 });
        Assert.Equal(cases.Length >= 30 ? GateOutcome.Passed : GateOutcome.Undecided, result.Outcome);
        Assert.All(result.Figures, figure => Assert.Equal(default, figure.Gain));
    }, iter: 200);

    [Fact]
    public void ASwappedPair_IsTheMirrorImage() => s_cases.Where(cases => cases.Length > 0).Sample(cases =>
    {
        var there = Judge(cases).Figures[0];
        var back = Judge([.. cases.Select(query => new GateCase(query.Category, query.Production, query.Candidate))]).Figures[0];
        Mirrored(there.Gain, back.Gain);
        Assert.Equal((there.Candidate, there.Production), (back.Production, back.Candidate));
        foreach (var (one, other) in there.Categories.Zip(back.Categories))
            Mirrored(one.Gain, other.Gain);
    }, iter: 200);

    [Fact]
    public void WhateverTheCases_FiguresAreFiniteAndOrdered_AndTheSameEachTime() => s_cases.Sample(cases =>
    {
        var result = Judge(cases);
        Assert.Equal(cases.Length == 0 ? 0 : 1, result.Figures.Count);
        foreach (var figure in result.Figures)
        {
            Assert.InRange(figure.Gain.Mean, figure.Gain.Lower, figure.Gain.Upper);
            Assert.Equal(figure.Candidate - figure.Production, figure.Gain.Mean, 1e-12);
            Assert.Equal(cases.Length, figure.Categories.Sum(category => category.Queries));
            Assert.All(figure.Categories, category => Assert.True(double.IsFinite(category.Gain.Lower) && double.IsFinite(category.Gain.Upper) && category.Queries > 0));
            // A category without a query is not shown, rather than shown with nothing.
            Assert.DoesNotContain(figure.Categories, category => category.Name == "nothing of this");
        }
        Assert.Equivalent(result, Judge(cases));
    }, iter: 200);

    [Fact]
    public void PassingTheGate_MeansWhatThePolicySays() => Gen.Select(s_cases, Gen.Double[-0.2, 0.2]).Sample((cases, margin) =>
    {
        var policy = new GatePolicy { Margin = margin };
        var result = Judge(cases, policy);
        if (result.Outcome != GateOutcome.Passed)
            return;
        var figure = Assert.Single(result.Figures);
        Assert.True(figure.Queries >= 30 && figure.Gain.Mean >= margin && figure.Gain.Lower >= -0.02 && !figure.Categories.Any(category => category.Worse));
        Assert.Empty(result.Reasons);
    }, iter: 300);

    [Fact]
    public void ABetterModel_ThatIsWorseOnOneCategory_IsCaughtByThat()
    {
        var result = Judge([.. Cases(200, 0, 0.9, 0.7), .. Cases(200, 1, 0.9, 0.7), .. Cases(40, 2, 0.6, 0.7)]);
        Assert.Equal(GateOutcome.Failed, result.Outcome);
        Assert.Equal(["watches"], result.Figures[0].Categories.Where(category => category.Worse).Select(category => category.Name));
        Assert.Contains("category mAP of watches is 0.600 where production has 0.700: -0.100", Assert.Single(result.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void ACategoryWithTooFewQueries_IsShown_AndNotHeldAgainstTheModel()
    {
        var result = Judge([.. Cases(200, 0, 0.9, 0.7), .. Cases(9, 2, 0.1, 0.7)]);
        Assert.Equal(GateOutcome.Passed, result.Outcome);
        Assert.Equal((9, false), result.Figures[0].Categories.Where(category => category.Name == "watches").Select(category => (category.Queries, category.Counted)).Single());
    }

    [Fact]
    public void ALossOfOneQueryInTwenty_IsNoProofAgainstACategory()
    {
        var result = Judge([.. Cases(200, 0, 1, 0.5), .. Cases(19, 1, 1, 1), new GateCase(1, 0, 1)]);
        Assert.Equal(-0.05, result.Figures[0].Categories[0].Gain.Mean, 1e-12);
        Assert.Equal(GateOutcome.Passed, result.Outcome);
    }

    [Fact]
    public void ALossThatCanNotBeRuledOut_IsNotGoodEnough_HoweverGoodTheMean()
    {
        // Half of 40 queries gain 0.3 and half lose 0.28: the mean is above 0 and its lower end far below.
        var result = Judge([.. Cases(20, 0, 0.8, 0.5), .. Cases(20, 1, 0.5, 0.78)], new GatePolicy { MinCategoryQueries = 100 });
        Assert.True(result.Figures[0].Gain.Mean > 0);
        Assert.Equal(GateOutcome.Failed, result.Outcome);
    }

    [Fact]
    public void OneMetricThatFails_FailsAll_AndOneWithTooFewQueriesIsLeftOut()
    {
        var good = new GateEvidence("category mAP", [.. Cases(50, 0, 0.9, 0.7)]);
        var bad = new GateEvidence("piece R@1", [.. Cases(50, 0, 0.1, 0.7)]);
        var few = new GateEvidence("piece MRR", [.. Cases(29, 0, 0.1, 0.7)]);
        Assert.Equal(GateOutcome.Failed, GateJudge.Judge([good, bad], s_names, new()).Outcome);
        var passed = GateJudge.Judge([good, few], s_names, new());
        Assert.Equal((GateOutcome.Passed, 2), (passed.Outcome, passed.Figures.Count));
        Assert.Equal("piece MRR is not judged: 29 queries, and 30 are needed.", Assert.Single(passed.Reasons));
        Assert.Equal(GateOutcome.Undecided, GateJudge.Judge([few, new("piece R@1", [])], s_names, new()).Outcome);
    }

    [Fact]
    public void ValuesThatAreNoNumbers_AndCategoriesWithoutAName_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Judge([new GateCase(0, double.NaN, 1)]));
        Assert.Throws<ArgumentException>(() => Judge([new GateCase(0, 1, double.PositiveInfinity)]));
        Assert.Throws<ArgumentException>(() => Judge([new GateCase(4, 1, 1)]));
        Assert.Throws<ArgumentException>(() => ConfidenceInterval.OfGain([1, 2], [1]));
    }

    [Fact]
    public void OfGain_OfPairedQueries_IsNarrowerThanTheIntervalsOfTheMeansSuggest()
    {
        var random = new Random(3);
        double[] its = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        double[] mine = [.. its.Select(value => value + 0.01 + (random.NextDouble() - 0.5) * 0.02)];
        var gain = ConfidenceInterval.OfGain(mine, its);
        Assert.True(gain.Lower > 0);
        Assert.True(ConfidenceInterval.Bootstrap(mine).Lower < ConfidenceInterval.Bootstrap(its).Upper);
    }

    [Theory]
    [InlineData("category mAP", "category mAP")]
    [InlineData(" category  mAP , piece R@1,", "category mAP|piece R@1")]
    [InlineData("piece MRR,piece nDCG@10,piece recall@5,piece P@2,piece R-precision,piece mAP@3", "piece MRR|piece nDCG@10|piece recall@5|piece P@2|piece R-precision|piece mAP@3")]
    public void Metrics_AreReadAsEvaluationsNameThem(string text, string names)
    {
        Assert.True(GateMetric.TryParse(text, ["category", "piece"], out var metrics, out _));
        Assert.Equal(names, string.Join('|', metrics.Select(metric => metric.Name)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("mAP")]
    [InlineData("shopper R@1")]
    [InlineData("category R@0")]
    [InlineData("category R@-1")]
    [InlineData("category R@")]
    [InlineData("category accuracy")]
    [InlineData("category mAP, category mAP")]
    [InlineData("category mAP R@1")]
    public void Metrics_ThatThereAreNot_AreRefusedWithWhatThereIs(string text)
    {
        Assert.False(GateMetric.TryParse(text, ["category", "piece"], out _, out var problem));
        Assert.NotEmpty(problem);
    }

    private static GateResult Judge(GateCase[] cases, GatePolicy? policy = null) => GateJudge.Judge([new GateEvidence("category mAP", cases)], s_names, policy ?? new GatePolicy());

    private static IEnumerable<GateCase> Cases(int count, int category, double candidate, double production) => Enumerable.Repeat(new GateCase(category, candidate, production), count);

    private static void Mirrored(ConfidenceInterval one, ConfidenceInterval other)
    {
        Assert.Equal(one.Mean, -other.Mean, 1e-12);
        Assert.Equal(one.Lower, -other.Upper, 1e-12);
        Assert.Equal(one.Upper, -other.Lower, 1e-12);
    }
}
