using CsCheck;
using Search.Evaluation.Groups;

namespace Search.Evaluation.Tests.Groups;

public sealed class CompleteLinkageTests
{
    // Few different values, so that ties are common.
    private static readonly Gen<(int Count, SimilarPair[] Pairs, (int, int)[] Apart)> Graphs =
        Gen.Int[2, 12].SelectMany(count =>
        {
            var pair = Gen.Select(Gen.Int[0, count - 1], Gen.Int[1, count - 1], (a, step) => (A: a, B: (a + step) % count));
            return Gen.Select(
                Gen.Select(pair, Gen.Int[90, 100], (p, s) => new SimilarPair(p.A, p.B, s / 100f)).Array[0, 60],
                pair.Array[0, 4],
                (pairs, apart) => (count, pairs, apart));
        });

    [Fact]
    public void Group_AnyPairs_GivesWhatMergingTheMostSimilarClustersOneByOneGives() => Graphs.Sample(graph =>
    {
        var groups = CompleteLinkage.Group(graph.Count, graph.Pairs, graph.Apart);

        Assert.Equal(Naive(graph.Count, graph.Pairs, graph.Apart), groups);
    });

    [Fact]
    public void Group_AnyPairs_NeverHoldsTwoThatAreNotAlikeOrKeptApart() => Graphs.Sample(graph =>
    {
        var alike = graph.Pairs.SelectMany(p => new[] { (p.A, p.B), (p.B, p.A) }).Except(graph.Apart.SelectMany(p => new[] { p, (p.Item2, p.Item1) })).ToHashSet();

        var groups = CompleteLinkage.Group(graph.Count, graph.Pairs, graph.Apart);

        foreach (var group in groups)
            Assert.All(group.SelectMany(a => group.Where(b => b != a).Select(b => (a, b))), pair => Assert.Contains(pair, alike));
        Assert.Equal(groups.Sum(g => g.Length), groups.SelectMany(g => g).Distinct().Count());
    });

    [Fact]
    public void Group_PairsInAnotherOrder_GivesTheSame() => Graphs.Sample(graph =>
    {
        var turned = graph.Pairs.Reverse().Select(p => p with { A = p.B, B = p.A });

        Assert.Equal(CompleteLinkage.Group(graph.Count, graph.Pairs, graph.Apart), CompleteLinkage.Group(graph.Count, turned, graph.Apart.Select(p => (p.Item2, p.Item1))));
    });

    [Fact]
    public void Group_AChain_IsNotOneGroup()
    {
        var groups = CompleteLinkage.Group(4, [new(0, 1, 0.96f), new(1, 2, 0.99f), new(2, 3, 0.96f)]);

        Assert.Equal([[1, 2]], groups);
    }

    [Fact]
    public void Group_TwoKeptApart_AreNotTogetherThoughBothAreLikeAThird()
    {
        SimilarPair[] all = [new(0, 1, 0.99f), new(0, 2, 0.98f), new(1, 2, 0.97f)];

        Assert.Equal([[0, 1, 2]], CompleteLinkage.Group(3, all));
        Assert.Equal([[0, 2]], CompleteLinkage.Group(3, all, [(1, 0)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Group_NothingAlike_IsEmpty(int count) => Assert.Empty(CompleteLinkage.Group(count, []));

    [Fact]
    public void Group_ManyAllAlike_IsOneGroup()
    {
        const int count = 300;
        var pairs = Enumerable.Range(0, count).SelectMany(a => Enumerable.Range(a + 1, count - a - 1).Select(b => new SimilarPair(a, b, 1)));

        Assert.Equal([[.. Enumerable.Range(0, count)]], CompleteLinkage.Group(count, pairs));
    }

    [Fact]
    public void Group_NoPairOfTheThings_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => CompleteLinkage.Group(3, [new(0, 3, 1)]));
        Assert.Throws<ArgumentException>(() => CompleteLinkage.Group(3, [new(1, 1, 1)]));
        Assert.Throws<ArgumentException>(() => CompleteLinkage.Group(3, [new(0, 1, float.NaN)]));
        Assert.Throws<ArgumentException>(() => CompleteLinkage.Group(3, [], [(-1, 0)]));
    }

    /// <summary>By the book: compare all clusters, merge the two whose least similar members are the most similar, until none has all its pairs.</summary>
    private static List<int[]> Naive(int count, SimilarPair[] pairs, (int, int)[] apart)
    {
        float Similarity(int a, int b) => apart.Contains((a, b)) || apart.Contains((b, a))
            ? float.NegativeInfinity
            : pairs.Where(p => (p.A == a && p.B == b) || (p.A == b && p.B == a)).Select(p => p.Similarity).DefaultIfEmpty(float.NegativeInfinity).Max();

        var clusters = Enumerable.Range(0, count).Select(i => new List<int> { i }).ToList();
        while (true)
        {
            var (best, most) = ((A: -1, B: -1), float.NegativeInfinity);
            for (var i = 0; i < clusters.Count; i++)
            {
                for (var j = i + 1; j < clusters.Count; j++)
                {
                    var least = clusters[i].SelectMany(a => clusters[j].Select(b => Similarity(a, b))).Min();
                    if (least > most) (best, most) = ((i, j), least);
                }
            }
            if (best.A < 0) return [.. clusters.Where(c => c.Count > 1).Select(c => c.Order().ToArray())];
            clusters[best.A].AddRange(clusters[best.B]);
            clusters.RemoveAt(best.B);
        }
    }
}
