using Search.Evaluation.Sweeps;

namespace Search.Evaluation.Tests.Sweeps;

public sealed class RecallCurveTests
{
    [Fact]
    public void QueriesPerSecondAt_BetweenTwoPoints_IsTheirGeometricMeanByDistance()
    {
        var curve = new RecallCurve([(0.9, 10_000), (1.0, 100)]);
        Assert.Equal(1_000, curve.QueriesPerSecondAt(0.95)!.Value, 1e-6);
        Assert.Equal(10_000 * Math.Pow(0.01, 0.2), curve.QueriesPerSecondAt(0.92)!.Value, 1e-6);
    }

    [Fact]
    public void QueriesPerSecondAt_AboveAllPoints_IsMissing() => Assert.Null(new RecallCurve([(0.5, 10), (0.8, 5)]).QueriesPerSecondAt(0.9));

    [Fact]
    public void QueriesPerSecondAt_BelowAllPoints_IsTheFastestPointAndNotExtrapolated() =>
        Assert.Equal(300, new RecallCurve([(0.99, 200), (0.95, 300)]).QueriesPerSecondAt(0.5));

    [Fact]
    public void QueriesPerSecondAt_APointThatFindsMoreAndIsFaster_CountsForLowerRecallToo() =>
        Assert.Equal(500, new RecallCurve([(0.90, 400), (0.96, 500), (0.98, 100)]).QueriesPerSecondAt(0.91));

    [Fact]
    public void QueriesPerSecondAt_AtAPoint_IsThatPoint() =>
        Assert.Equal(400, new RecallCurve([(0.5, 1_000), (0.9, 400), (0.99, 20)]).QueriesPerSecondAt(0.9)!.Value, 1e-9);

    [Fact]
    public void QueriesPerSecondAt_PointsOfEqualRecall_TakesTheFaster() =>
        Assert.Equal(90, new RecallCurve([(0.9, 80), (0.9, 90)]).QueriesPerSecondAt(0.9));

    [Fact]
    public void QueriesPerSecondAt_BelowPointsOfEqualRecall_LeadsToTheirSlowestInAnyOrder()
    {
        Assert.Equal(1_000, new RecallCurve([(0.9, 10_000), (1.0, 500), (1.0, 100)]).QueriesPerSecondAt(0.95)!.Value, 1e-6);
        Assert.Equal(1_000, new RecallCurve([(1.0, 100), (1.0, 500), (0.9, 10_000)]).QueriesPerSecondAt(0.95)!.Value, 1e-6);
    }

    /// <summary>A measured curve, and what the comparison script of the peers says of it.</summary>
    [Fact]
    public void QueriesPerSecondAt_MeasuredCurve_AgreesWithTheScriptOfThePeers()
    {
        var curve = new RecallCurve([(0.8093, 11_747), (0.9234, 8_050), (0.9737, 4_373), (0.9888, 2_213), (0.9905, 1_001)]);
        Assert.Equal(8_699, curve.QueriesPerSecondAt(0.90)!.Value, 0.5);
        Assert.Equal(5_830, curve.QueriesPerSecondAt(0.95)!.Value, 0.5);
        Assert.Equal(1_264, curve.QueriesPerSecondAt(0.99)!.Value, 0.5);
    }
}
