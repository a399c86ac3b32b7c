using Search.Evaluation.Sweeps;

namespace Search.Evaluation.Tests.Sweeps;

public sealed class SetComparisonTests
{
    private static readonly SweepSet _set = new("small", 1_000, 128);

    [Fact]
    public void Ratio_SeveralRounds_IsTheMedianOfTheRatiosWithinARound()
    {
        // The machine was slow in round 2: both sides lost half, and the ratio knows nothing of it.
        var comparison = Compare(Point("ours-hnsw", 1, 300), Point("ours-hnsw", 2, 150), Point("ours-hnsw", 3, 330), Point("hnswlib", 1, 100), Point("hnswlib", 2, 50), Point("hnswlib", 3, 100));
        Assert.Equal(3, comparison.Ratio("ours-hnsw", "hnswlib", 0.9)!.Value, 1e-9);
        Assert.Equal(300, comparison.QueriesPerSecond("ours-hnsw", 0.9)!.Value, 1e-9);
        Assert.Equal(3, comparison.Rounds);
    }

    [Fact]
    public void Ratio_ARoundThatOneSideMissed_DoesNotCount()
    {
        var comparison = Compare(Point("ours-hnsw", 1, 300), Point("ours-hnsw", 2, 1_000), Point("hnswlib", 1, 100));
        Assert.Equal(3, comparison.Ratio("ours-hnsw", "hnswlib", 0.9)!.Value, 1e-9);
    }

    [Fact]
    public void Ratio_AnEngineThatNeverFindsEnough_IsMissing()
    {
        var comparison = Compare(Point("ours-hnsw", 1, 300), Point("usearch-i8", 1, 100, recall: 0.8));
        Assert.Null(comparison.Ratio("ours-hnsw", "usearch-i8", 0.9));
        Assert.Null(comparison.Ratio("ours-hnsw", "not there", 0.9));
    }

    [Fact]
    public void Fastest_AtARecall_IsNotTheOneThatIsFastestBelowIt()
    {
        var comparison = Compare(Point("usearch-i8", 1, 900, recall: 0.8), Point("usearch-f32", 1, 200), Point("hnswlib", 1, 100));
        Assert.Equal("usearch-i8", comparison.Fastest(comparison.Peers, 0.7));
        Assert.Equal("usearch-f32", comparison.Fastest(comparison.Peers, 0.9));
        Assert.Null(comparison.Fastest(comparison.Peers, 0.999));
    }

    [Fact]
    public void BuildRatio_AnEngineThatBuildsAnewForEachEffort_IsTakenAtItsBest()
    {
        var comparison = Compare(
            Point("ours-hnsw", 1, 300, build: 6), Point("usearch-f32", 1, 300, build: 40), Point("usearch-f32", 1, 200, build: 10), Point("usearch-f32", 1, 100, build: 30));
        Assert.Equal(0.6, comparison.BuildRatio("ours-hnsw", "usearch-f32")!.Value, 1e-9);
    }

    [Fact]
    public void Bytes_OfTheIndex_AreSharedByItsVectors()
    {
        var comparison = Compare(Point("ours-hnsw", 1, 300, bytes: 330_000), Point("hnswlib", 1, 300, bytes: 660_000), Point("usearch-f32", 1, 300));
        Assert.Equal(660, comparison.BytesAVector("hnswlib"));
        Assert.Equal(0.5, comparison.BytesRatio("ours-hnsw", "hnswlib"));
        Assert.Null(comparison.BytesAVector("usearch-f32"));
    }

    [Fact]
    public void Engines_OfBothSides_ListOursFirst() =>
        Assert.Equal(["ours-forest", "ours-hnsw", "faiss-Flat", "hnswlib"], Compare(Point("hnswlib", 1, 1), Point("ours-hnsw", 1, 1), Point("faiss-Flat", 1, 1), Point("ours-forest", 1, 1)).Engines);

    internal static SweepPoint Point(string engine, int round, double queriesPerSecond, double recall = 0.99, double? build = null, long? bytes = null) =>
        new(engine, _set.Name, round, 10, recall, queriesPerSecond, build, bytes);

    private static SetComparison Compare(params SweepPoint[] points) => new(_set, points);
}
