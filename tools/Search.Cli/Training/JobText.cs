using System.Globalization;
using Search.Contracts.Messages;

namespace Search.Cli.Training;

/// <summary>A training job in words.</summary>
internal static class JobText
{
    internal static string State(TrainingJob job) => job.State switch
    {
        TrainingJobState.Queued => "queued",
        TrainingJobState.Running when job.CancelRequested => "being cancelled",
        TrainingJobState.Running => Progress(job),
        TrainingJobState.Succeeded => $"succeeded: {job.Model}",
        TrainingJobState.Failed => $"failed: {job.Reason}",
        _ => "cancelled",
    };

    private static string Progress(TrainingJob job)
    {
        if (job.Progress is not { } progress)
            return "starting";
        var loss = progress.Loss is { } value ? string.Create(CultureInfo.InvariantCulture, $", loss {value:F3}") : "";
        var score = job.Score is { } measured ? string.Create(CultureInfo.InvariantCulture, $", P@1 {measured.CategoryPrecision:F3}, shopper R@1 {measured.ShopperRecall:F3}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Stage} {progress.Step:N0} of {progress.Steps:N0}{loss}{score}, {progress.ImagesPerSecond:F1} images/s, {TimeSpan.FromSeconds(Math.Ceiling(progress.RemainingSeconds)):c} left");
    }
}
