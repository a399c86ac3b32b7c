using Search.Contracts.Training;

namespace Search.TrainingJobs.Running;

/// <summary>How a run of the trainer ended.</summary>
/// <param name="Code">Exit code; 128 and the signal's number of one that was killed.</param>
/// <param name="Failure">What it said about its failure.</param>
/// <param name="LastLines">The end of what it said to people.</param>
internal sealed record TrainerExit(int Code, TrainingRunFailure? Failure, IReadOnlyList<string> LastLines)
{
    private const int Killed = 128 + 9;

    /// <summary>For people.</summary>
    public string Reason()
    {
        if (Failure is not null)
            return Failure.Reason;
        if (Code == Killed)
            return "The run was killed, by the system for lack of memory or by somebody. A smaller recipe (side, piecesPerCategory, keptViews) takes less.";
        return $"The run ended with code {Code} and said no more than: {string.Join(" ", LastLines)}";
    }
}
