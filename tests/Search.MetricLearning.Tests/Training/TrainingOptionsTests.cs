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
            Augmentation = new AugmentationOptions { SmallestPart = 2, Blur = -1 },
        };
        options = options with { Whole = options.Whole with { Side = 100 } };

        var message = Assert.Throws<ArgumentException>(options.Validate).Message;

        Assert.All((string[])["frozenBlocks is 19", "instanceWeight is NaN", "smallestPart", "blur is -1", "whole.side is 100"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
