using Search.MetricLearning.Data;
using Search.MetricLearning.HardNegatives;
using Search.MetricLearning.Training;
using Search.Vectors;

namespace Search.MetricLearning.Tests.Training;

public sealed class NeighbourhoodSamplerTests
{
    // 12 pieces of two photos in each of two categories: photos 2i and 2i+1 show piece i.
    private const int Pieces = 24;

    private static readonly TrainingSet s_set = new(
        1, [.. Enumerable.Range(0, 2 * Pieces).Select(_ => new byte[3])],
        [.. Enumerable.Range(0, 2 * Pieces).Select(i => i / Pieces)], [.. Enumerable.Range(0, 2 * Pieces).Select(i => i / 2)]);

    [Fact]
    public void Next_BeforeMining_IsBalanced() =>
        Assert.Equal(new BalancedSampler(s_set, 1).Next(4), new NeighbourhoodSampler(s_set, 0.5, 1).Next(4));

    [Fact]
    public void Next_AnyBatch_HasItsSizeAndNoPieceTwice()
    {
        var sampler = Mined();
        for (var i = 0; i < 50; i++)
        {
            var pairs = sampler.Next(4).Chunk(2).ToArray();
            Assert.Equal(8, pairs.Length);
            Assert.All(pairs, pair => Assert.Equal(pair[0] / 2, pair[1] / 2));
            Assert.Equal(8, pairs.Select(pair => pair[0] / 2).Distinct().Count());
        }
    }

    [Fact]
    public void Next_EveryAnchor_SitsWithItsHardestNegative()
    {
        var sampler = Mined();
        for (var i = 0; i < 50; i++)
        {
            var batch = sampler.Next(4);
            // Four anchors come first, two of each category; a photo's hardest negative shows the next piece but four.
            foreach (var anchor in batch.Take(8).Where((_, at) => at % 2 == 0))
                Assert.Contains(Hardest(anchor), batch.Chunk(2).Select(pair => pair[0] / 2));
            Assert.Equal(4, batch.Take(8).Count(photo => s_set.Categories[photo] == 0));
        }
    }

    [Fact]
    public void Next_TooFewNegatives_FillsUpWithOthers()
    {
        var sampler = new NeighbourhoodSampler(s_set, 0.5, 1);
        sampler.Use(new HardNegativeSet([.. Enumerable.Range(0, 2 * Pieces).Select(_ => Array.Empty<ScoredId>())], new Dictionary<NeighbourVerdict, int>()));
        Assert.Equal(8, sampler.Next(4).Chunk(2).Select(pair => pair[0] / 2).Distinct().Count());
    }

    [Fact]
    public void Next_MorePlacesThanPieces_Ends() =>
        Assert.Equal(Pieces, Mined().Next(100).Chunk(2).Select(pair => pair[0] / 2).Distinct().Count());

    [Fact]
    public void Next_SameSeed_GivesTheSameBatches()
    {
        var (a, b) = (Mined(), Mined());
        for (var i = 0; i < 10; i++)
            Assert.Equal(a.Next(4), b.Next(4));
    }

    [Fact]
    public void Next_StratumWithAShare_GetsNoMoreByItsHardNegatives()
    {
        // Category 1 has half a share; every photo's hard negatives lie in it.
        var set = new TrainingSet(1, s_set.Pixels, s_set.Categories, s_set.Pieces, shares: new Dictionary<int, double> { [1] = 0.5 });
        var sampler = new NeighbourhoodSampler(set, share: 0.5, seed: 1);
        sampler.Use(new HardNegativeSet(
            [.. Enumerable.Range(0, 2 * Pieces).Select(photo => (ScoredId[])[.. Enumerable.Range(1, 8).Select(i => new ScoredId(Pieces + (photo + 2 * i) % Pieces, 1 - 0.1f * i))])],
            new Dictionary<NeighbourVerdict, int>()));
        for (var i = 0; i < 50; i++)
        {
            var pieces = sampler.Next(4).Chunk(2).ToArray();
            Assert.Equal(6, pieces.Length);
            Assert.Equal(2, pieces.Count(pair => set.Categories[pair[0]] == 1));
        }
    }

    private static int Hardest(int photo) => (photo / 2 + 5) % Pieces;

    private static NeighbourhoodSampler Mined()
    {
        var sampler = new NeighbourhoodSampler(s_set, share: 0.5, seed: 1);
        sampler.Use(new HardNegativeSet(
            [.. Enumerable.Range(0, 2 * Pieces).Select(photo => (ScoredId[])[new(2 * Hardest(photo), 0.9f), new(2 * ((photo / 2 + 9) % Pieces) + 1, 0.8f)])],
            new Dictionary<NeighbourVerdict, int>()));
        return sampler;
    }
}
