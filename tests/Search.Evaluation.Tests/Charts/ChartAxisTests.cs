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
        Assert.Equal(["100", "1 k", "10 k", "100 k"], axis.Ticks.Where(tick => tick.Label.Length > 0).Select(tick => tick.Label));
    }

    [Fact]
    public void Logarithmic_OneValue_IsStillAnAxis() => Assert.Equal(0.5, ChartAxis.Logarithmic("q/s", [7]).Place(7), 1e-9);

    [Fact]
    public void Logarithmic_FewPowersOfTen_LabelsTheStepsBetween() =>
        Assert.Equal(["200", "500", "1 k", "2 k"], ChartAxis.Logarithmic("q/s", [200, 2_000]).Ticks.Select(tick => tick.Label));

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
