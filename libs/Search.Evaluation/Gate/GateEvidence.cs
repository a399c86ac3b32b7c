namespace Search.Evaluation.Gate;

/// <summary>One query that both models answered.</summary>
/// <param name="Category">An index into the names of the categories.</param>
/// <param name="Candidate">The measure's value of the candidate's answer.</param>
/// <param name="Production">That of production's.</param>
public readonly record struct GateCase(int Category, double Candidate, double Production);

/// <summary>Everything that was asked for one metric.</summary>
/// <param name="Metric">Its name in figures and reasons.</param>
/// <param name="Cases">May be empty: there was nothing to ask.</param>
public sealed record GateEvidence(string Metric, IReadOnlyList<GateCase> Cases);
