using Search.MetricLearning.Data;
using Search.MetricLearning.Training;

namespace Search.MetricLearning.Tests.Training;

public sealed class BalancedSamplerTests
{
    // 12 photos of category 0 (six pieces of two photos), 3 of category 1 (three pieces of one photo).
    private static readonly int[] Categories = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1];
    private static readonly int[] Pieces = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8];

    [Fact]
    public void Next_UnequalCategories_GivesEachTheSamePlaces()
    {
        var batch = Sampler().Next(3);
        Assert.Equal(6, batch.Count(i => Categories[i] == 0));
        Assert.Equal(6, batch.Count(i => Categories[i] == 1));
    }

    [Fact]
    public void Next_StrataWithinACategory_GetTheSamePlacesEach()
    {
        // Of category 0, the last two pieces come from elsewhere.
        int[] strata = [0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 1, 1, 1];
        var batch = new BalancedSampler(new TrainingSet(1, [.. Pieces.Select(_ => new byte[3])], Categories, Pieces, strata), seed: 1).Next(2);
        Assert.All(Enumerable.Range(0, 3), stratum => Assert.Equal(4, batch.Count(i => strata[i] == stratum)));
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.01, 1)]
    public void Next_StratumWithAShare_TakesThatPartOfThePlacesAndAtLeastOne(double share, int pieces)
    {
        var set = new TrainingSet(1, [.. Pieces.Select(_ => new byte[3])], Categories, Pieces, shares: new Dictionary<int, double> { [0] = share });
        var sampler = new BalancedSampler(set, seed: 1);
        var batch = sampler.Next(3);
        Assert.Equal(2 * pieces, batch.Count(i => Categories[i] == 0));
        Assert.Equal(2 * (pieces + 3), batch.Count);
        Assert.Equal(new Dictionary<int, int> { [0] = pieces, [1] = 3 }, sampler.Places(3));
    }

    [Fact]
    public void Next_EveryPiece_ComesTwiceAndAsTwoPhotosWhereThereAreTwo()
    {
        foreach (var pair in Sampler().Next(3).Chunk(2))
        {
            Assert.Equal(Pieces[pair[0]], Pieces[pair[1]]);
            Assert.Equal(Categories[pair[0]] == 0, pair[0] != pair[1]);
        }
    }

    [Fact]
    public void Next_OneRound_ShowsEachPieceOnce()
    {
        var sampler = Sampler();
        var shown = sampler.Next(3).Concat(sampler.Next(3)).Where(i => Categories[i] == 0).Select(i => Pieces[i]).ToArray();
        Assert.Equal(12, shown.Length);
        Assert.Equal(6, shown.Distinct().Count());
    }

    [Fact]
    public void Next_MorePlacesThanPieces_RepeatsNoPiece() =>
        Assert.Equal(6, Sampler().Next(100).Count(i => Categories[i] == 1));

    private static BalancedSampler Sampler() =>
        new(new TrainingSet(1, [.. Pieces.Select(_ => new byte[3])], Categories, Pieces), seed: 1);
}
