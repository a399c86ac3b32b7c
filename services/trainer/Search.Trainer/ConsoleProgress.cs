using Search.MetricLearning.Training;

namespace Search.Trainer;

/// <summary>One line every few seconds, and one at each stage's end: readable in a terminal, in a log and through a pipe.</summary>
internal sealed class ConsoleProgress(TimeProvider time) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private long _last = time.GetTimestamp();
    private double? _smoothLoss;

    public void Report(TrainingProgress value)
    {
        if (value.Validation is { } score)
        {
            Console.WriteLine($"{value.Stage,-14} {value.Step,5}/{value.Steps}  category P@1 {score.CategoryPrecision:F3}, shopper R@1 {score.ShopperRecall:F3} on photos set aside");
            return;
        }
        // A batch's loss jumps; its moving mean shows where training goes. A new stage starts anew.
        _smoothLoss = value.Step == 1 || _smoothLoss is null || value.Loss is null ? value.Loss : 0.95 * _smoothLoss + 0.05 * value.Loss;
        if (value.Step < value.Steps && time.GetElapsedTime(_last) < s_interval)
            return;
        _last = time.GetTimestamp();
        var loss = _smoothLoss is { } l ? $"  loss {l:F3}" : "";
        Console.WriteLine(
            $"{value.Stage,-14} {value.Step,5}/{value.Steps}{loss}  {value.ImagesPerSecond,6:F1} images/s  {value.Remaining:hh\\:mm\\:ss} left");
    }
}
