using Search.Evaluation.Groups;
using Search.Testing.Vectors;

namespace Search.Evaluation.Tests.Groups;

public sealed class OutlierTests
{
    private const int Dimension = 16;

    [Fact]
    public void Factor_RandomPoints_AreWhatTheDefinitionsSay()
    {
        var neighbours = Nearest(Rows(new RandomVectors(2).Clustered(60, Dimension, 3)), 7);

        var factors = LocalOutlierFactor.Of(neighbours);

        // Breunig et al., definitions 3 to 7.
        double Distance(Neighbour n) => Math.Max(1e-3, Math.Sqrt(2 - 2 * (double)n.Similarity));
        double KDistance(int p) => Distance(neighbours[p][6]);
        double Density(int p) => 1 / (neighbours[p].Sum(o => Math.Max(KDistance(o.Index), Distance(o))) / 7);
        for (var p = 0; p < factors.Length; p++)
            Assert.Equal(neighbours[p].Sum(o => Density(o.Index) / Density(p)) / 7, factors[p], 1e-9);
    }

    [Fact]
    public void Factor_APlantedOutlier_HasByFarTheHighest()
    {
        var random = new RandomVectors(3);
        var vectors = random.Clustered(100, Dimension, 4, spread: 0.2).Append(random.Unit(Dimension)).ToArray();

        var factors = LocalOutlierFactor.Of(Nearest(Rows(vectors), 10));

        Assert.Equal(100, Array.IndexOf(factors, factors.Max()));
        Assert.True(factors[100] > 1.5 * factors[..100].Max(), $"{factors[100]:F2}, and the next {factors[..100].Max():F2}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    public void Factor_EqualVectors_Are1(int count)
    {
        var one = new RandomVectors(4).Unit(Dimension);

        var factors = LocalOutlierFactor.Of(Nearest(Rows([.. Enumerable.Repeat(one, count)]), 10));

        Assert.Equal(count, factors.Length);
        Assert.All(factors, factor => Assert.Equal(1, factor, 1e-9));
    }

    [Fact]
    public void Factor_ANeighbourThatThereIsNot_IsRefused() =>
        Assert.Throws<ArgumentException>(() => LocalOutlierFactor.Of([[new Neighbour(1, 1)]]));

    [Fact]
    public void Vote_NeighboursOfAnotherLabel_OutvoteItsOwn()
    {
        var vote = LabelVote.Of(0, [new(0, 0.9f), new(1, 0.8f), new(2, 0.8f), new(3, 0.5f)], [0, 1, 1, 2]);

        Assert.Equal(1, vote.Label);
        Assert.Equal(1.6 / 3, vote.Share, 1e-6);
        Assert.Equal(2.1 / 3, vote.Disagreement, 1e-6);
    }

    [Fact]
    public void Vote_ATie_IsForItsOwn() => Assert.Equal(5, LabelVote.Of(5, [new(0, 0.5f), new(1, 0.5f)], [2, 5]).Label);

    [Fact]
    public void Vote_NobodyAlike_AgreesWithIt()
    {
        Assert.Equal(new LabelVote(7, 0, 0), LabelVote.Of(7, [], []));
        Assert.Equal(new LabelVote(7, 0, 0), LabelVote.Of(7, [new(0, -0.2f), new(0, 0)], [3]));
    }

    [Fact]
    public void Vote_AMislabelledMemberOfACluster_IsFoundAndToldItsPlace()
    {
        const int clusters = 4, misfiled = 17;
        var vectors = new RandomVectors(5).Clustered(120, Dimension, clusters, spread: 0.4);
        var labels = Enumerable.Range(0, 120).Select(i => i == misfiled ? (i + 1) % clusters : i % clusters).ToArray();
        var neighbours = Nearest(Rows(vectors), 10);

        var votes = neighbours.Select((list, i) => LabelVote.Of(labels[i], list, labels)).ToArray();

        Assert.Equal([misfiled], Enumerable.Range(0, 120).Where(i => votes[i].Label != labels[i]));
        Assert.Equal(misfiled % clusters, votes[misfiled].Label);
    }

    [Fact]
    public void Neighbours_MoreThanThereAre_AreAllOthersNearestFirst()
    {
        var vectors = new RandomVectors(6).Clustered(5, Dimension, 1);

        var neighbours = Nearest(Rows(vectors), 50);

        Assert.All(neighbours, list => Assert.Equal(4, list.Length));
        Assert.All(neighbours, list => Assert.Equal(list.OrderByDescending(n => n.Similarity).Select(n => n.Index), list.Select(n => n.Index)));
        Assert.All(neighbours.Index(), list => Assert.DoesNotContain(list.Item, n => n.Index == list.Index));
        Assert.Empty(Nearest([], 3));
    }

    private static Neighbour[][] Nearest(float[] rows, int k) => ExactNeighbours.Of(Dimension, rows, k, TestContext.Current.CancellationToken);

    private static float[] Rows(float[][] vectors) => [.. vectors.SelectMany(v => v)];
}
