using Search.Evaluation.Sweeps;
using static Search.Evaluation.Tests.Sweeps.SetComparisonTests;

namespace Search.Evaluation.Tests.Sweeps;

public sealed class GoalTests
{
    [Fact]
    public void Of_BothSidesThere_SaysWhatIsReached()
    {
        var goals = Of(
            new SweepSet("small", 1_000, 128),
            Point("ours-hnsw", 1, 150, build: 7, bytes: 900_000), Point("ours-hnsw-frozen-mapped", 1, 190, bytes: 290_000), Point("hnswlib", 1, 100, build: 10, bytes: 660_000));
        AssertGoal(goals, "hnsw (float32) / hnswlib at 0.95", 1.5, met: true);
        AssertGoal(goals, "best of ours / best of the peers at 0.99 (ours-hnsw-frozen-mapped / hnswlib)", 1.9, met: false);
        AssertGoal(goals, "build time, hnsw / hnswlib", 0.7, met: true);
        AssertGoal(goals, "bytes a vector, codes and mapped originals / hnswlib", 290 / 660.0, met: true);
    }

    [Fact]
    public void Of_AnEngineMissing_IsNeitherMetNorMissed()
    {
        var goals = Of(new SweepSet("small", 1_000, 128), Point("ours-hnsw", 1, 150));
        Assert.All(goals, goal => Assert.Null(goal.IsMet));
        Assert.DoesNotContain(goals, goal => goal.Name.StartsWith("forest", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_HashTables_AreComparedWhereThePeerIs()
    {
        var goals = Of(
            new SweepSet("fashion-mnist", 1_000, 784),
            Point("ours-lsh", 1, 4_000, recall: 0.3), Point("ours-lsh", 1, 400, recall: 0.95), Point("ours-exact", 1, 50, recall: 1), Point("faiss-LSH", 1, 2_000, recall: 0.25));
        AssertGoal(goals, "lsh / faiss-LSH at its recall, 0.250", 2, met: true);
        AssertGoal(goals, "lsh / our own exact search at 0.90", 400 * Math.Pow(10, 0.05 / 0.65) / 50, met: true);
    }

    private static Goal[] Of(SweepSet set, params SweepPoint[] points) => [.. Goal.Of(new SetComparison(set, points))];

    private static void AssertGoal(Goal[] goals, string name, double reached, bool met)
    {
        var goal = Assert.Single(goals, goal => goal.Name == name);
        Assert.Equal(reached, goal.Reached!.Value, 1e-9);
        Assert.Equal(met, goal.IsMet);
    }
}
