namespace Search.MetricLearning.Training;

/// <summary>Rate and time left of one stage.</summary>
/// <param name="done">Steps that were done before the clock was started.</param>
public sealed class StageClock(TimeProvider time, IProgress<TrainingProgress>? progress, string stage, int steps, int done = 0)
{
    private readonly long _start = time.GetTimestamp();
    private long _images;

    /// <summary>Call after each step, from one thread at a time.</summary>
    public void Report(int step, int images, double? loss, IReadOnlyList<TermLoss>? terms = null)
    {
        _images += images;
        var elapsed = time.GetElapsedTime(_start);
        var rate = elapsed > TimeSpan.Zero ? _images / elapsed.TotalSeconds : 0;
        progress?.Report(new TrainingProgress(stage, step, steps, loss, rate, elapsed / (step - done) * (steps - step)) { Terms = terms ?? [] });
    }
}
