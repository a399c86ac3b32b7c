using Search.MetricLearning.Training.Validation;

namespace Search.MetricLearning.Training;

/// <summary>Rate and time left of one stage.</summary>
/// <param name="done">Steps that were done before the clock was started.</param>
public sealed class StageClock(TimeProvider time, IProgress<TrainingProgress>? progress, string stage, int steps, int done = 0)
{
    private readonly long _start = time.GetTimestamp();
    private long _images;

    /// <summary>Call after each step, from one thread at a time.</summary>
    public void Report(int step, int images, double? loss, IReadOnlyList<TermLoss>? terms = null, double? learningRate = null)
    {
        _images += images;
        progress?.Report(At(step, loss) with { Terms = terms ?? [], LearningRate = learningRate });
    }

    /// <summary>Call after a measurement.</summary>
    public void Report(int step, ValidationScore score) => progress?.Report(At(step, loss: null) with { Validation = score });

    private TrainingProgress At(int step, double? loss)
    {
        var elapsed = time.GetElapsedTime(_start);
        var rate = elapsed > TimeSpan.Zero ? _images / elapsed.TotalSeconds : 0;
        return new TrainingProgress(stage, step, steps, loss, rate, elapsed / Math.Max(1, step - done) * (steps - step));
    }
}
