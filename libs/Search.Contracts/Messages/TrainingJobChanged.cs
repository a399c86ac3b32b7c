namespace Search.Contracts.Messages;

/// <summary>
/// Event: a training job was queued, started, went on (every few seconds at most) or ended. News for whoever watches; what a job is, its service says (<see cref="GetTrainingJob"/>).
/// </summary>
public sealed record TrainingJobChanged
{
    public required TrainingJob Job { get; init; }
}
