using CsCheck;

namespace Search.Evaluation.Tests;

public sealed class RankedMetricsTests
{
    // Relevant at ranks 1, 3 and 6; five relevant items exist.
    private static readonly bool[] Answer = [true, false, true, false, false, true];

    [Fact]
    public void Measures_HandComputedAnswer_HaveTheHandComputedValues()
    {
        Assert.Equal(1.0, RankedMetrics.PrecisionAtK(Answer, 1));
        Assert.Equal(0.4, RankedMetrics.PrecisionAtK(Answer, 5));
        Assert.Equal(0.3, RankedMetrics.PrecisionAtK(Answer, 10));
        Assert.Equal(0.4, RankedMetrics.RecallAtK(Answer, 5, 5));
        Assert.Equal(0.6, RankedMetrics.RecallAtK(Answer, 100, 5));
        Assert.Equal(0.4, RankedMetrics.RPrecision(Answer, 5));
        Assert.Equal((1.0 + 2.0 / 3 + 3.0 / 6) / 5, RankedMetrics.AveragePrecision(Answer, 5), 1e-12);
        Assert.Equal((1.0 + 2.0 / 3) / 3, RankedMetrics.AveragePrecisionAtK(Answer, 3, 5), 1e-12);
        Assert.Equal(0.5, RankedMetrics.ReciprocalRank([false, true, true]));
        Assert.Equal(0, RankedMetrics.SuccessAtK([false, true], 1));
        Assert.Equal(1, RankedMetrics.SuccessAtK([false, true], 2));
    }

    [Fact]
    public void NdcgAtK_HandComputedGrades_HasTheHandComputedValue()
    {
        // Gains 2^g - 1: 7, 3, 0, 1 at discounts 1, log2 3, 2, log2 5; best order 7, 7, 3, 1.
        var dcg = 7 + 3 / Math.Log2(3) + 0 + 1 / Math.Log2(5);
        var ideal = 7 + 7 / Math.Log2(3) + 3.0 / 2 + 1 / Math.Log2(5);
        Assert.Equal(dcg / ideal, RankedMetrics.NdcgAtK([3, 2, 0, 1], [0, 1, 2, 3, 3], 4), 1e-12);
    }

    [Fact]
    public void Measures_PerfectAnswer_AreOne()
    {
        bool[] answer = [true, true, true, false];
        Assert.Equal(1, RankedMetrics.AveragePrecision(answer, 3));
        Assert.Equal(1, RankedMetrics.RPrecision(answer, 3));
        Assert.Equal(1, RankedMetrics.NdcgAtK([2, 1, 0], [0, 1, 2], 10));
    }

    [Fact]
    public void Measures_NothingRelevantOrNothingReturned_AreZero()
    {
        Assert.Equal(0, RankedMetrics.PrecisionAtK([], 5));
        Assert.Equal(0, RankedMetrics.RecallAtK([false], 5, 0));
        Assert.Equal(0, RankedMetrics.RPrecision([], 0));
        Assert.Equal(0, RankedMetrics.AveragePrecision([false, false], 0));
        Assert.Equal(0, RankedMetrics.NdcgAtK([0, 0], [0, 0], 2));
        Assert.Equal(0, RankedMetrics.AveragePrecisionAtK([], 3, 0));
        Assert.Equal(0, RankedMetrics.ReciprocalRank([false, false]));
        Assert.Equal(0, RankedMetrics.SuccessAtK([], 5));
        Assert.Equal(0, RankedMetrics.DcgAtK([], 5));
    }

    [Fact]
    public void Measures_KBeyondTheAnswer_CountWhatIsMissingAsIrrelevant()
    {
        Assert.Equal(0.2, RankedMetrics.PrecisionAtK([true, true], 10));
        Assert.Equal(1, RankedMetrics.RecallAtK([true, true], 10, 2));
        Assert.Equal(1, RankedMetrics.SuccessAtK([false, true], 10));
        Assert.Equal(1, RankedMetrics.AveragePrecisionAtK([true, true], 10, 2));
        Assert.Equal(1, RankedMetrics.NdcgAtK([2, 1], [1, 2], 10));
    }

    [Fact]
    public void Measures_ImpossibleArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RankedMetrics.PrecisionAtK([true], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RankedMetrics.RecallAtK([true, true], 1, 1));
        Assert.Throws<ArgumentException>(() => RankedMetrics.NdcgAtK([-1], [1], 1));
        Assert.Throws<ArgumentException>(() => RankedMetrics.NdcgAtK([1], [double.NaN], 1));
    }

    [Fact]
    public void Measures_AnyAnswer_EqualTheirNaiveTwins() =>
        Gen.Select(Gen.Bool.Array[0, 30], Gen.Int[0, 5], Gen.Int[1, 40]).Sample((answer, missed, k) =>
        {
            var relevant = answer.Count(x => x) + missed;
            Assert.Equal(answer.Take(k).Count(x => x) / (double)k, RankedMetrics.PrecisionAtK(answer, k), 1e-12);
            Assert.Equal(relevant == 0 ? 0 : answer.Take(k).Count(x => x) / (double)relevant, RankedMetrics.RecallAtK(answer, k, relevant), 1e-12);
            Assert.Equal(NaiveAveragePrecision(answer, relevant), RankedMetrics.AveragePrecision(answer, relevant), 1e-12);
        }, seed: "0000KDy5c1M3");

    private static double NaiveAveragePrecision(bool[] answer, int relevant) =>
        relevant == 0 ? 0 : Enumerable.Range(1, answer.Length)
            .Where(rank => answer[rank - 1])
            .Sum(rank => answer.Take(rank).Count(x => x) / (double)rank) / relevant;
}
