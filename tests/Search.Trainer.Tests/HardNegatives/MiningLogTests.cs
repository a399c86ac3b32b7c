using Search.MetricLearning.HardNegatives;
using Search.Trainer.HardNegatives;
using Search.Vectors;

namespace Search.Trainer.Tests.HardNegatives;

public sealed class MiningLogTests
{
    [Fact]
    public void ToJson_NothingMined_IsEmpty() => Assert.Empty(new MiningLog().ToJson());

    [Fact]
    public void ToJson_Rounds_CountsWhatWasFoundAndLeftOut()
    {
        var log = new MiningLog();
        var verdicts = new Dictionary<NeighbourVerdict, int> { [NeighbourVerdict.HardNegative] = 5, [NeighbourVerdict.LikelyFalseNegative] = 2 };
        log.Add(new HardNegativeSet([[new ScoredId(1, 0.8f), new ScoredId(2, 0.5f)], [], [new ScoredId(0, 0.6f)]], verdicts));
        log.Add(new HardNegativeSet([], new Dictionary<NeighbourVerdict, int>()));
        Assert.Equal(
            """[{"kept":3,"meanCosineOfHardest":0.7,"hardNegatives":5,"samePiece":0,"nearDuplicates":0,"likelyFalseNegatives":2},{"kept":0,"meanCosineOfHardest":0,"hardNegatives":0,"samePiece":0,"nearDuplicates":0,"likelyFalseNegatives":0}]""",
            log.ToJson().ToJsonString());
    }
}
