using Search.Evaluation.Charts;

namespace Search.Evaluation.Tests.Charts;

public sealed class ChartAxisTests
{
    [Fact]
    public void Logarithmic_Values_LieWithinAtEqualDistancesForEqualFactors()
    {
        var axis = ChartAxis.Logarithmic("q/s", [100, 100_000]);
        Assert.InRange(axis.Place(100), 0, 0.05);
        Assert.InRange(axis.Place(100_000), 0.95, 1);
        Assert.Equal(axis.Place(1_000) - axis.Place(100), axis.Place(10_000) - axis.Place(1_000), 1e-9);
        Assert.Equal(["100", "1,000", "10 k", "100 k"], axis.Ticks.Where(tick => tick.Label.Length > 0).Select(tick => tick.Label));
    }

    [Fact]
    public void Logarithmic_OneValue_IsStillAnAxis() => Assert.Equal(0.5, ChartAxis.Logarithmic("q/s", [7]).Place(7), 1e-9);

    [Fact]
    public void Logarithmic_FewPowersOfTen_LabelsTheStepsBetween() =>
        Assert.Equal(["200", "500", "1,000", "2,000"], ChartAxis.Logarithmic("q/s", [200, 2_000]).Ticks.Select(tick => tick.Label));

    [Theory]
    [InlineData(1_223, "0", "200", "400", "600", "800", "1,000", "1,200")]
    [InlineData(0.9, "0", "0.2", "0.4", "0.6", "0.8", "1")]
    [InlineData(0, "0", "0.2", "0.4", "0.6", "0.8", "1")]
    public void Linear_Values_StartAtZeroWithRoundSteps(double largest, params string[] labels)
    {
        var axis = ChartAxis.Linear("bytes", [largest]);
        Assert.Equal(0, axis.Place(0));
        Assert.InRange(axis.Place(largest), 0, 1);
        Assert.Equal(labels, axis.Ticks.Select(tick => tick.Label));
    }

    [Fact]
    public void Recall_TheLastHundredth_HasAsMuchRoomAsTheTenthBefore()
    {
        var axis = ChartAxis.Recall("recall", 0.5);
        Assert.Equal(0, axis.Place(0.5), 1e-9);
        Assert.Equal(1, axis.Place(1), 1e-9);
        Assert.Equal(axis.Place(0.99) - axis.Place(0.9), axis.Place(0.999) - axis.Place(0.99), 0.05);
        Assert.True(axis.Place(0.3) < 0);
    }
}
