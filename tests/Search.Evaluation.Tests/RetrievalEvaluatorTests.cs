namespace Search.Evaluation.Tests;

public sealed class RetrievalEvaluatorTests
{
    [Fact]
    public void Evaluate_HandMadeGallery_HasTheHandComputedMeans()
    {
        // Query along x; the gallery's order by cosine is A, B, A.
        var gallery = Vectors([(1f, 0f), (0.8f, 0.6f), (0f, 1f)], labels: [0, 1, 0], groups: [1, 2, 3]);
        var report = RetrievalEvaluator.Evaluate(Vectors([(1f, 0f)], labels: [0], groups: [9]), gallery);

        Assert.Equal(1, report.PrecisionAt1.Mean);
        Assert.Equal(0.2, report.PrecisionAt10.Mean);
        Assert.Equal(0.5, report.RPrecision.Mean);
        Assert.Equal((1 + 2.0 / 3) / 2, report.MeanAveragePrecision.Mean, 1e-12);
    }

    [Fact]
    public void Evaluate_QueriesInTheirOwnGallery_NeverRetrieveTheirGroup()
    {
        // Each pair of duplicates is one group, and every other piece has another label.
        var all = Vectors([(1f, 0f), (1f, 0f), (0f, 1f), (0f, 1f), (0.6f, 0.8f)], labels: [0, 0, 1, 1, 0], groups: [1, 1, 2, 2, 3]);
        var report = RetrievalEvaluator.Evaluate(all, all);

        // Row 0 and 1 see rows 2, 3, 4: best is row 4 (right). Row 4 sees 2, 3 first (wrong). Rows 2, 3 find no relevant item.
        Assert.Equal(2, report.Unanswerable);
        Assert.Equal(2.0 / 3, report.PrecisionAt1.Mean, 1e-12);
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
        Assert.Equal(p1 / queries.Count, report.PrecisionAt1.Mean, 1e-12);
        Assert.Equal(p10 / queries.Count, report.PrecisionAt10.Mean, 1e-12);
    }

    [Fact]
    public void Evaluate_NoQueries_IsZero() =>
        Assert.Equal(0, RetrievalEvaluator.Evaluate(Vectors([], [], []), Vectors([(1f, 0f)], [0], [0])).PrecisionAt1.Mean);

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
