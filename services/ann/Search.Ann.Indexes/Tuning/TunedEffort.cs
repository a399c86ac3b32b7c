namespace Search.Ann.Indexes.Tuning;

/// <summary>How a search for an effort ended.</summary>
public enum TuningOutcome
{
    /// <summary>The measured recall's lower bound reaches the target, at the least effort that does.</summary>
    Reached = 0,

    /// <summary>
    /// Only a look at every vector does: the target is 1, the queries are too few to prove it (see <see cref="MeasuredRecall.Low"/>), or the index is too small to need less.
    /// </summary>
    Exhaustive = 1,

    /// <summary><see cref="EffortTunerOptions.MostEffort"/> is not enough; it is the effort returned.</summary>
    MostEffort = 2,

    /// <summary>Time was over: the least effort tried that reached the target, or the largest tried where none did.</summary>
    TimeLimit = 3,
}

/// <summary>The effort that was chosen, and why.</summary>
public sealed record TunedEffort
{
    /// <summary>For <see cref="SearchOptions.Effort"/>.</summary>
    public required int Effort { get; init; }

    /// <summary>How the search for it ended.</summary>
    public required TuningOutcome Outcome { get; init; }

    /// <summary>What was asked for, 0 to 1.</summary>
    public required double TargetRecall { get; init; }

    /// <summary>What was measured at <see cref="Effort"/>.</summary>
    public required MeasuredRecall Measured { get; init; }

    /// <summary>All that was measured, in order.</summary>
    public required IReadOnlyList<MeasuredRecall> Tried { get; init; }

    /// <summary>Whether a search at <see cref="Effort"/> was shown to reach the target; a look at every vector does by what it is.</summary>
    public bool ReachesTarget => Outcome == TuningOutcome.Exhaustive || Measured.Low >= TargetRecall;
}
