using Search.MetricLearning.Training;

namespace Search.Trainer;

/// <summary>Tells several of a run's progress.</summary>
internal sealed class ProgressFork(params IReadOnlyList<IProgress<TrainingProgress>> listeners) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        foreach (var listener in listeners)
            listener.Report(value);
    }
}
