using Search.Evaluation.Groups;
using Search.Testing.Vectors;
using Search.Vectors;

namespace Search.Evaluation.Tests.Groups;

public sealed class SphericalKMeansTests
{
    private const int Dimension = 16;

    [Fact]
    public void Cluster_PlantedClusters_AreFound()
    {
        const int clusters = 6;
        var rows = Rows(new RandomVectors(7).Clustered(180, Dimension, clusters, spread: 0.3));

        var found = Cluster(Dimension, rows, clusters);

        Assert.Equal(clusters, found.Count);
        Assert.Equal(Enumerable.Range(0, 180).Select(i => i % clusters), found.Assignment);
    }

    [Fact]
    public void Choose_PlantedClusters_CountsThem()
    {
        foreach (var clusters in new[] { 3, 8 })
            Assert.Equal(clusters, Choose(Rows(new RandomVectors(8).Clustered(240, Dimension, clusters, spread: 0.3))));
    }

    [Fact]
    public void Cluster_AnyRows_PutsEachToTheNearestCentroid()
    {
        var rows = Rows(new RandomVectors(9).Clustered(200, Dimension, 20, spread: 1.5));

        var found = Cluster(Dimension, rows, 9, new SphericalKMeansOptions { Rounds = 500 });

        for (var i = 0; i < 200; i++)
        {
            var similarities = Enumerable.Range(0, found.Count).Select(c => Dot(rows, i, found.Centroids, c)).ToArray();
            Assert.Equal(similarities.Max(), similarities[found.Assignment[i]], 1e-6);
        }
        Assert.All(found.Members(), members => Assert.NotEmpty(members));
    }

    [Fact]
    public void Cluster_SameSeed_IsTheSame_AndMoreRestartsAreNoWorse()
    {
        var rows = Rows(new RandomVectors(10).Clustered(150, Dimension, 12, spread: 1));
        double Similarity(int restarts)
        {
            var found = Cluster(Dimension, rows, 12, new SphericalKMeansOptions { Restarts = restarts, Seed = 3 });
            return Enumerable.Range(0, 150).Sum(i => (double)Dot(rows, i, found.Centroids, found.Assignment[i]));
        }

        Assert.Equal(Cluster(Dimension, rows, 12).Assignment, Cluster(Dimension, rows, 12).Assignment);
        Assert.True(Similarity(6) >= Similarity(1) - 1e-9);
    }

    [Theory]
    [InlineData(0, 4, 0)]
    [InlineData(1, 4, 1)]
    [InlineData(3, 50, 3)]
    public void Cluster_FewerRowsThanClusters_GivesEachItsOwn(int count, int k, int expected) =>
        Assert.Equal(expected, Cluster(Dimension, Rows(new RandomVectors(11).Clustered(count, Dimension, 1)), k).Count);

    [Fact]
    public void Cluster_EqualRows_IsOne()
    {
        var one = new RandomVectors(12).Unit(Dimension);
        float[] rows = Rows([.. Enumerable.Repeat(one, 40)]);

        Assert.Equal(1, Cluster(Dimension, rows, 5).Count);
        Assert.Equal(1, Choose(rows));
    }

    [Fact]
    public void Cluster_OppositeRows_HaveNoMeanAndStillAnAnswer()
    {
        float[] rows = [1, 0, -1, 0];

        Assert.Equal([0, 0], Cluster(2, rows, 1).Assignment);
        Assert.Equal([0, 1], Cluster(2, rows, 2).Assignment);
    }

    [Fact]
    public void Cluster_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Cluster(3, new float[4], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cluster(2, new float[4], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Cluster(2, new float[4], 1, new SphericalKMeansOptions { Restarts = 0 }));
    }

    [Fact]
    public void Representatives_FirstIsTheMedoid_AndAllAreDifferentMembers()
    {
        var rows = Rows(new RandomVectors(13).Clustered(60, Dimension, 1, spread: 0.8));
        int[] members = [.. Enumerable.Range(0, 60).Where(i => i % 2 == 1)];

        var chosen = Representatives.Of(Dimension, rows, members, 5);

        Assert.Equal(members.MaxBy(a => members.Where(b => b != a).Average(b => Dot(rows, a, rows, b))), chosen[0]);
        Assert.Equal(5, chosen.Distinct().Count());
        Assert.All(chosen, one => Assert.Contains(one, members));
    }

    [Fact]
    public void Representatives_OfTwoBunches_ShowBoth()
    {
        var rows = Rows(new RandomVectors(14).Clustered(40, Dimension, 2, spread: 0.1));

        var chosen = Representatives.Of(Dimension, rows, [.. Enumerable.Range(0, 40)], 2);

        Assert.NotEqual(chosen[0] % 2, chosen[1] % 2);
        Assert.Equal([3], Representatives.Of(Dimension, rows, [3], 4));
        Assert.Empty(Representatives.Of(Dimension, rows, [], 4));
    }

    [Fact]
    public void Cohesion_OfEqualRowsIs1_AndLessOfScatteredOnes()
    {
        var one = new RandomVectors(15).Unit(Dimension);
        float[] rows = Rows([one, one, .. new RandomVectors(16).Clustered(10, Dimension, 1, spread: 0.4)]);
        var found = Cluster(Dimension, rows, 2);

        var cohesion = Cohesion.Of(found, rows);

        Assert.Equal(1, cohesion[found.Assignment[0]], 1e-5);
        Assert.True(cohesion[found.Assignment[^1]] < 0.98);
    }

    private static Clustering Cluster(int dimension, float[] rows, int k, SphericalKMeansOptions? options = null) =>
        SphericalKMeans.Cluster(dimension, rows, k, options, TestContext.Current.CancellationToken);

    private static int Choose(float[] rows) => ClusterCount.Choose(Dimension, rows, cancellation: TestContext.Current.CancellationToken);

    private static float Dot(ReadOnlyMemory<float> a, int i, ReadOnlyMemory<float> b, int j) =>
        VectorKernels.Dot(a.Span.Slice(i * Dimension, Dimension), b.Span.Slice(j * Dimension, Dimension));

    private static float[] Rows(float[][] vectors) => [.. vectors.SelectMany(v => v)];
}
