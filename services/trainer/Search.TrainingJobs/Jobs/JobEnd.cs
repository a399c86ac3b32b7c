using Search.Contracts.Messages;

namespace Search.TrainingJobs.Jobs;

/// <summary>How a job ended.</summary>
/// <param name="Reason">Why it failed, or what went wrong beside a success.</param>
/// <param name="Model">The published model.</param>
internal sealed record JobEnd(TrainingJobState State, string? Reason = null, string? Model = null)
{
    public static JobEnd Cancelled { get; } = new(TrainingJobState.Cancelled);

    public static JobEnd Failed(string reason) => new(TrainingJobState.Failed, reason);

    public static JobEnd Succeeded(string model, string? reason = null) => new(TrainingJobState.Succeeded, reason, model);
}
