using Search.Evaluation.Sweeps;

namespace Search.Evaluation.Tests.Sweeps;

public sealed class MedianTests
{
    [Fact]
    public void Of_OddNumber_IsTheMiddle() => Assert.Equal(3, Median.Of([9, 1, 3]));

    [Fact]
    public void Of_EvenNumber_IsTheMeanOfTheMiddleTwo() => Assert.Equal(2.5, Median.Of([4, 1, 2, 3]));

    [Fact]
    public void Of_MissingValues_LeavesThemOut() => Assert.Equal(2, Median.Of([null, 2, null]));

    [Fact]
    public void Of_Nothing_IsMissing() => Assert.Null(Median.Of([null]));
}
