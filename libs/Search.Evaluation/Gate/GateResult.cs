namespace Search.Evaluation.Gate;

public enum GateOutcome
{
    /// <summary>No metric has enough queries.</summary>
    Undecided = 0,

    Passed = 1,

    Failed = 2,
}

/// <param name="Outcome">Of all metrics together: one that fails fails all.</param>
/// <param name="Figures">Of every metric with any query, in the order of the evidence.</param>
/// <param name="Reasons">One sentence each: what was not good enough, and what was not judged.</param>
public sealed record GateResult(GateOutcome Outcome, IReadOnlyList<GateFigure> Figures, IReadOnlyList<string> Reasons);

/// <param name="Metric">Its name.</param>
/// <param name="Queries">At least 1.</param>
/// <param name="Candidate">Mean.</param>
/// <param name="Production">Mean.</param>
/// <param name="Gain">Of the candidate over production, query by query.</param>
/// <param name="Categories">Those with any query, in ordinal order of their names.</param>
public sealed record GateFigure(string Metric, int Queries, double Candidate, double Production, ConfidenceInterval Gain, IReadOnlyList<GateCategory> Categories);

/// <param name="Counted">It has enough queries to be held against the candidate.</param>
/// <param name="Worse">It counts, and the loss is larger than is tolerated and no accident.</param>
public sealed record GateCategory(string Name, int Queries, double Candidate, double Production, ConfidenceInterval Gain, bool Counted, bool Worse);
