using Search.MetricLearning.Training;

namespace Search.MetricLearning.Tests.Training;

public sealed class StageClockTests
{
    [Fact]
    public void Report_SteadyWork_GivesRateAndTimeLeft()
    {
        var time = new StoppedTime();
        var seen = new Seen();
        var clock = new StageClock(time, seen, "top blocks", steps: 10);

        time.Elapsed = TimeSpan.FromSeconds(4);
        clock.Report(2, 40, loss: null);

        Assert.Equal(10, seen.Last!.ImagesPerSecond);
        Assert.Equal(TimeSpan.FromSeconds(16), seen.Last.Remaining);
    }

    [Fact]
    public void Report_BeforeAnyTimePassed_IsFinite()
    {
        var seen = new Seen();
        new StageClock(new StoppedTime(), seen, "top blocks", steps: 10).Report(1, 40, loss: 1);
        Assert.Equal(0, seen.Last!.ImagesPerSecond);
    }

    private sealed class StoppedTime : TimeProvider
    {
        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Elapsed.Ticks;
    }

    private sealed class Seen : IProgress<TrainingProgress>
    {
        public TrainingProgress? Last { get; private set; }

        public void Report(TrainingProgress value) => Last = value;
    }
}
