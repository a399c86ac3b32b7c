using Search.Evaluation.Sweeps;

namespace Search.Evaluation.Tests.Sweeps;

public sealed class ComparisonReportTests
{
    [Fact]
    public void Of_TwoEngines_PrintsCurvesRatiosAndWhatIsMissing()
    {
        var report = ComparisonReport.Of(SweepLog.Read([
            """{"set":"small","count":1000,"dimension":128}""",
            """{"engine":"hnswlib","set":"small","ef":10,"recall10":0.999,"qps":10000,"build_s":14.5,"bytes":660000}""",
            """{"engine":"ours-hnsw","set":"small","ef":10,"recall10":0.96,"qps":25000,"build_s":7.25,"bytes":330000}""",
            """{"engine":"faiss-LSH","set":"small","skipped":"python3-faiss is not installed"}""",
        ]));
        var rows = report.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
        Assert.Contains("small: 1,000 vectors of 128 dimensions; medians of 1 round(s)", rows);
        Assert.Contains("ours-hnsw 25,000 25,000 - 0.960 7.2 330", rows);
        Assert.Contains("ours-hnsw 2.50 2.50 - 0.50 0.50", rows);
        Assert.Contains("ours / best of the peers 0.90 hnswlib 0.95 hnswlib 0.99 hnswlib", rows);
        Assert.Contains("ours-hnsw 2.50 2.50 -", rows);
        Assert.Contains("hnsw (float32) / hnswlib at 0.95 2.50 >= 1.20 yes", rows);
        Assert.Contains("small: faiss-LSH is missing: python3-faiss is not installed", rows);
    }

    [Fact]
    public void Of_NoLines_IsEmpty() => Assert.Equal("", ComparisonReport.Of(SweepLog.Read([])));

    [Fact]
    public void Table_CellsThatAreNoRow_AreRefused() => Assert.Throws<ArgumentException>(() => new TextTable("one", "two").Add("alone"));

    [Fact]
    public void Growth_SeveralSizes_IsSortedByIndexAndSize()
    {
        static string Line(string engine, int count) =>
            $$"""{"growth":true,"engine":"{{engine}}","count":{{count}},"dimension":8,"ef":40,"recall10":0.95,"build_s":1,"bytes":{{count * 50L}},"p50_us":1,"p99_us":2,"distances":3}""";
        var rows = GrowthReport.Of(SweepLog.Read([Line("b", 2_000), Line("a", 2_000), Line("b", 1_000)])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["a 2,000", "b 1,000", "b 2,000"], rows[1..].Select(row => string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2])));
    }
}
