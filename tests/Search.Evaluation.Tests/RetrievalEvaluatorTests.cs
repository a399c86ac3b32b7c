namespace Search.Evaluation.Tests;

public sealed class RetrievalEvaluatorTests
{
    [Fact]
    public void Evaluate_HandMadeGallery_HasTheHandComputedMeans()
    {
        // Query along x; the gallery's order by cosine is A, B, A.
        var gallery = Vectors([(1f, 0f), (0.8f, 0.6f), (0f, 1f)], labels: [0, 1, 0], groups: [1, 2, 3]);
        var report = RetrievalEvaluator.Evaluate(Vectors([(1f, 0f)], labels: [0], groups: [9]), gallery);

        Assert.Equal(1, report["P@1"].Mean);
        Assert.Equal(0.2, report["P@10"].Mean);
        Assert.Equal(0.5, report["R-precision"].Mean);
        Assert.Equal((1 + 2.0 / 3) / 2, report["mAP"].Mean, 1e-12);
    }

    [Fact]
    public void Evaluate_QueriesInTheirOwnGallery_NeverRetrieveTheirGroup()
    {
        // Each pair of duplicates is one group, and every other piece has another label.
        var all = Vectors([(1f, 0f), (1f, 0f), (0f, 1f), (0f, 1f), (0.6f, 0.8f)], labels: [0, 0, 1, 1, 0], groups: [1, 1, 2, 2, 3]);
        var report = RetrievalEvaluator.Evaluate(all, all);

        // Row 0 and 1 see rows 2, 3, 4: best is row 4 (right). Row 4 sees 2, 3 first (wrong). Rows 2, 3 find no relevant item.
        Assert.Equal(2, report.Unanswerable);
        Assert.Equal(2.0 / 3, report["P@1"].Mean, 1e-12);
    }

    [Fact]
    public void Evaluate_RandomVectors_EqualsNestedLoops()
    {
        var random = new Random(3);
        var queries = Random(random, 12);
        var gallery = Random(random, 40);
        var report = RetrievalEvaluator.Evaluate(queries, gallery);

        double p1 = 0, p10 = 0;
        for (var q = 0; q < queries.Count; q++)
        {
            var ranked = Enumerable.Range(0, gallery.Count)
                .Where(g => gallery.Groups[g] != queries.Groups[q])
                .OrderByDescending(g => queries[q][0] * gallery[g][0] + queries[q][1] * gallery[g][1])
                .ToArray();
            p1 += gallery.Labels[ranked[0]] == queries.Labels[q] ? 1 : 0;
            p10 += ranked.Take(10).Count(g => gallery.Labels[g] == queries.Labels[q]) / 10.0;
        }
        Assert.Equal(p1 / queries.Count, report["P@1"].Mean, 1e-12);
        Assert.Equal(p10 / queries.Count, report["P@10"].Mean, 1e-12);
    }

    [Fact]
    public void Evaluate_NoQueries_IsZero() =>
        Assert.Equal(0, RetrievalEvaluator.Evaluate(Vectors([], [], []), Vectors([(1f, 0f)], [0], [0]))["P@1"].Mean);

    [Fact]
    public void Evaluate_EmptyGallery_AnswersNoQuery()
    {
        var report = RetrievalEvaluator.Evaluate(Vectors([(1f, 0f), (0f, 1f)], [0, 1], [0, 1]), Vectors([], [], []));
        Assert.Equal((2, 2), (report.Queries, report.Unanswerable));
        Assert.All(report.Figures, f => Assert.Equal(default, f.Interval));
        Assert.All(report.Curves.Cuts, c => Assert.Equal((0, 0, 0), (c.Precision, c.Recall, c.Success)));
    }

    [Fact]
    public void Evaluate_EqualScores_AreRankedByTheGallerysOrder()
    {
        // An embedding that collapsed: every score is 1.
        var gallery = Vectors([(1f, 0f), (1f, 0f), (1f, 0f)], labels: [1, 0, 0], groups: [1, 2, 3]);
        var report = RetrievalEvaluator.Evaluate(Vectors([(1f, 0f)], [0], [9]), gallery);
        Assert.Equal([0, 1, 2], report.Answers[0].Top.Select(t => t.Item));
        Assert.Equal(0.5, report["MRR"].Mean);
        Assert.Equal((1, 2), (report.Answers[0].FirstRelevant.Item, report.Answers[0].FirstRelevantRank));
    }

    [Fact]
    public void Evaluate_OneGroupOneResult_ShowsAndCountsEachGroupsBestRowOnly()
    {
        var gallery = Vectors([(1f, 0f), (0.9f, 0.1f), (0.8f, 0.2f), (0.7f, 0.3f)], labels: [1, 1, 0, 0], groups: [1, 1, 2, 2]);
        var report = RetrievalEvaluator.Evaluate(new RetrievalTask(Vectors([(1f, 0f)], [0], [9]), gallery) { OnePerGroup = true });
        Assert.Equal([0, 2], report.Answers[0].Top.Select(t => t.Item));
        Assert.Equal(1, report["recall@10"].Mean);
        Assert.Equal(0.5, report["mAP"].Mean);
    }

    [Fact]
    public void Evaluate_Grades_DecideNdcgAgainstTheBestOrderOfTheWholeGallery()
    {
        var gallery = Vectors([(1f, 0f), (0.8f, 0.6f), (0f, 1f)], labels: [0, 0, 0], groups: [1, 2, 3]);
        double[] grades = [1, 0, 2];
        var report = RetrievalEvaluator.Evaluate(
            new RetrievalTask(Vectors([(1f, 0f)], [0], [9]), gallery) { Grade = (_, item) => grades[item], Measures = [Measures.NdcgAt(2, Gain.Linear)] });
        Assert.Equal(1 / (2 + 1 / Math.Log2(3)), report["nDCG@2 linear"].Mean, 1e-12);
        Assert.Throws<ArgumentException>(() => RetrievalEvaluator.Evaluate(new RetrievalTask(gallery, gallery) { Grade = (_, _) => -1 }));
    }

    [Fact]
    public void Evaluate_Categories_AreBrokenDownAndTheirConfusionCounted()
    {
        var gallery = Vectors([(1f, 0f), (0.9f, 0.1f), (0f, 1f), (0.1f, 0.9f)], labels: [0, 1, 1, 1], groups: [1, 2, 3, 4]);
        var queries = Vectors([(1f, 0f), (0f, 1f)], labels: [0, 1], groups: [8, 9]);
        var report = RetrievalEvaluator.Evaluate(new RetrievalTask(queries, gallery)
        {
            Categories = new CategoryLabels(["rings", "watches", "pins"], queries.Labels, gallery.Labels),
            Shown = 2,
        });
        Assert.Equal(["rings", "watches"], report.Categories.Select(c => c.Category));
        Assert.Equal(1, report.Categories[1].Figures.Single(f => f.Measure == "mAP").Interval.Mean);
        Assert.Equal(0.5, report.Confusion!.Share(0, 1));
        Assert.Equal(2, report.Confusion.Count(1, 1));
        Assert.Equal(0, report.Confusion.Share(2, 0));
    }

    [Fact]
    public void Evaluate_Curves_EqualTheirNaiveTwins()
    {
        var queries = Random(new Random(5), 9);
        var gallery = Random(new Random(6), 50);
        var report = RetrievalEvaluator.Evaluate(new RetrievalTask(queries, gallery) { Shown = gallery.Count });
        var relevances = report.Answers.Select(a => a.Top.Select(t => t.Grade > 0).ToArray()).ToArray();
        foreach (var cut in report.Curves.Cuts)
        {
            Assert.Equal(relevances.Average(r => r.Take(cut.K).Count(x => x) / (double)cut.K), cut.Precision, 1e-12);
            Assert.Equal(relevances.Average(r => r.Take(cut.K).Count(x => x) / (double)r.Count(x => x)), cut.Recall, 1e-12);
        }
        for (var level = 0; level <= 10; level++)
        {
            var naive = relevances.Average(r => Enumerable.Range(1, r.Length)
                .Where(k => 10 * r.Take(k).Count(x => x) >= level * r.Count(x => x))
                .Max(k => r.Take(k).Count(x => x) / (double)k));
            Assert.Equal(naive, report.Curves.InterpolatedPrecision[level], 1e-12);
        }
    }

    [Fact]
    public void GainOver_SameQueries_IsTheDifferenceOfTheMeans()
    {
        var random = new Random(8);
        var queries = Random(random, 60);
        var gallery = Random(random, 60);
        var report = RetrievalEvaluator.Evaluate(queries, gallery);
        Assert.Equal(new ConfidenceInterval(0, 0, 0), report.GainOver(report, "mAP"));
        var other = RetrievalEvaluator.Evaluate(queries, Random(random, 60));
        var gain = report.GainOver(other, "mAP");
        Assert.Equal(report["mAP"].Mean - other["mAP"].Mean, gain.Mean, 1e-12);
        Assert.Throws<ArgumentException>(() => report.GainOver(RetrievalEvaluator.Evaluate(Random(random, 3), gallery), "mAP"));
        Assert.Throws<KeyNotFoundException>(() => report["P@7"]);
    }

    [Fact]
    public void Evaluate_ComponentThatIsNoNumber_IsRefused() =>
        Assert.Throws<ArgumentException>(() => RetrievalEvaluator.Evaluate(Vectors([(float.NaN, 0f)], [0], [1]), Vectors([(1f, 0f)], [0], [0])));

    [Fact]
    public void Evaluate_AnotherDimension_IsRefused() =>
        Assert.Throws<ArgumentException>(() =>
            RetrievalEvaluator.Evaluate(new LabelledVectors(3, new float[3], [0], [0]), new LabelledVectors(2, new float[2], [0], [0])));

    [Fact]
    public void LabelledVectors_LengthsThatDisagree_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LabelledVectors(2, new float[3], [0], [0]));
        Assert.Throws<ArgumentException>(() => new LabelledVectors(2, new float[2], [0], [0, 1]));
    }

    private static LabelledVectors Random(Random random, int count) => Vectors(
        [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * MathF.Tau).Select(a => (MathF.Cos(a), MathF.Sin(a)))],
        [.. Enumerable.Range(0, count).Select(i => i % 2)],
        [.. Enumerable.Range(0, count).Select(i => i / 2)]);

    private static LabelledVectors Vectors((float X, float Y)[] rows, int[] labels, int[] groups) =>
        new(2, rows.SelectMany(r => new[] { r.X, r.Y }).ToArray(), labels, groups);
}
