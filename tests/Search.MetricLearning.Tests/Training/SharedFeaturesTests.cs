using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Training;

namespace Search.MetricLearning.Tests.Training;

public sealed class SharedFeaturesTests
{
    [Fact]
    public void Train_RunsThatBeginAlike_ComputeTheFrozenBlocksOnceAndLearnAsTheyWouldAlone()
    {
        using var shared = new SharedFeatures();
        var first = Run(TinyRun.Recipe, shared);
        var other = TinyRun.Recipe with { InstanceWeight = 0.9 };
        var second = Run(other, shared);
        Assert.Equal((true, 0), (first.FrozenBatches > 0, second.FrozenBatches));
        Assert.Equal(Run(TinyRun.Recipe).Losses, first.Losses);
        Assert.Equal(Run(other).Losses, second.Losses);
    }

    public static TheoryData<TrainingOptions> RecipesThatBeginOtherwise => new(
        TinyRun.Recipe with { Seed = 2 },
        TinyRun.Recipe with { FrozenBlocks = 13 },
        TinyRun.Recipe with { KeptViews = 4 },
        TinyRun.Recipe with { FirstView = new AugmentationOptions { Mirror = 0 } },
        TinyRun.Recipe with { Augmentation = new AugmentationOptions { Shopper = 1 } });

    [Theory]
    [MemberData(nameof(RecipesThatBeginOtherwise))]
    public void Train_RunThatBeginsOtherwise_ComputesItsOwn(TrainingOptions recipe)
    {
        using var shared = new SharedFeatures();
        Run(TinyRun.Recipe, shared);
        Assert.Equal(Run(recipe).Losses, Run(recipe, shared).Losses);
    }

    private static TinyRun Run(TrainingOptions recipe, SharedFeatures? shared = null)
    {
        var run = new TinyRun(recipe) { Shared = shared };
        run.Train(TestContext.Current.CancellationToken);
        return run;
    }
}
