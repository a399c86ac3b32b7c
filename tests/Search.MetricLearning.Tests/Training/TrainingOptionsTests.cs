using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Training;

namespace Search.MetricLearning.Tests.Training;

public sealed class TrainingOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreValid() => new TrainingOptions().Validate();

    [Fact]
    public void Validate_SeveralErrors_NamesThemAllAtOnce()
    {
        var options = new TrainingOptions
        {
            FrozenBlocks = 19,
            InstanceWeight = double.NaN,
            CatalogueShare = 0,
            MirroredPairs = 1.5,
            CategorySizeExponent = double.NaN,
            FirstView = new AugmentationOptions { Aspect = 0 },
            Augmentation = new AugmentationOptions { SmallestPart = 2, Blur = -1 },
        };
        options = options with { Whole = options.Whole with { Side = 100 } };

        var message = Assert.Throws<ArgumentException>(options.Validate).Message;

        Assert.All((string[])["frozenBlocks is 19", "instanceWeight is NaN", "smallestPart", "augmentation.blur is -1", "firstView.aspect is 0", "catalogueShare is 0", "mirroredPairs is 1.5", "categorySizeExponent is NaN", "whole.side is 100"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Validate_FirstViewOfItsOwn_NeedsAnEvenNumberOfKeptViews(int keptViews, bool valid)
    {
        var options = new TrainingOptions { FirstView = new AugmentationOptions(), KeptViews = keptViews };
        Assert.Equal(valid, Record.Exception(options.Validate) is null);
    }
}
