using Search.MetricLearning.Models;
using Search.MetricLearning.Training;
using Search.MetricLearning.Weights;

namespace Search.MetricLearning.Tests.Training;

public sealed class StageScheduleTests
{
    private static readonly UnfreezingStageOptions s_stage = new() { Steps = 1, Side = 32, PiecesPerCategory = 3, LearningRate = 1e-3, HeadLearningRate = 1e-3 };

    [Fact]
    public void Train_DefaultStagesListed_GivesTheSameLossesAndWeights()
    {
        var (recipe, cancellation) = (TinyRun.Recipe, TestContext.Current.CancellationToken);
        var unlisted = new TinyRun(recipe);
        var listed = new TinyRun(recipe with
        {
            Stages = [Listed(recipe.Top) with { FrozenBlocks = recipe.FrozenBlocks, KeptViews = recipe.KeptViews }, Listed(recipe.Whole)],
        });
        Assert.Equal(unlisted.Train(cancellation), listed.Train(cancellation));
        Assert.Equal(unlisted.Losses, listed.Losses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Train_FrozenBlocks_StayAsTheyAreAndTheOthersMove(int keptViews)
    {
        using var network = TinyRun.Network();
        var before = Blocks(network);
        new TinyRun(TinyRun.Recipe with { Stages = [s_stage with { FrozenBlocks = 7, KeptViews = keptViews }] }).Train(network, TestContext.Current.CancellationToken);
        var after = Blocks(network);
        for (var block = 0; block < MobileNetV2.BlockCount; block++)
            Assert.Equal(block < 7, before[block].SequenceEqual(after[block]));
    }

    [Fact]
    public void Train_LayerDecay_MovesEachBlockByItsShareOfTheRate()
    {
        const double decay = 0.8;
        using var network = TinyRun.Network();
        var before = Blocks(network);
        new TinyRun(TinyRun.Recipe with { AverageDecay = 0, WeightDecay = 0, Stages = [s_stage with { LayerDecay = decay }] }).Train(network, TestContext.Current.CancellationToken);
        var after = Blocks(network);
        for (var block = 0; block < MobileNetV2.BlockCount; block++)
        {
            // AdamW's first step moves a weight by the learning rate, whatever its gradient, unless that is next to nothing.
            var rate = s_stage.LearningRate * Math.Pow(decay, MobileNetV2.BlockCount - 1 - block);
            var moved = before[block].Zip(after[block], (a, b) => Math.Abs((double)b - a)).Max();
            Assert.InRange(moved, 0.9 * rate, 1.01 * rate);
        }
    }

    [Fact]
    public void Validate_StagesOutOfRange_AreNamedAllAtOnce()
    {
        var options = TinyRun.Recipe with
        {
            Network = new() { Scales = [10] },
            Stages = [s_stage with { FrozenBlocks = 19 }, s_stage with { FrozenBlocks = 14, KeptViews = 1 }, s_stage with { KeptViews = 2, LayerDecay = 0 }],
        };
        var message = Assert.Throws<ArgumentException>(options.Validate).Message;
        Assert.All((string[])[
            "stages[0].frozenBlocks is 19", "network.scales has a block below 13, whose output is lost while stages[1]", "stages[1].keptViews is 1",
            "stages[2].keptViews is 2, but no block is frozen", "stages[2].layerDecay is 0"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    private static UnfreezingStageOptions Listed(StageOptions stage) => new()
    {
        Steps = stage.Steps, Side = stage.Side, PiecesPerCategory = stage.PiecesPerCategory, LearningRate = stage.LearningRate, HeadLearningRate = stage.HeadLearningRate,
    };

    private static float[][] Blocks(MobileNetV2 network) =>
        [.. network.Blocks.Select(block => block.parameters().SelectMany(ModuleWeights.Values).ToArray())];
}
