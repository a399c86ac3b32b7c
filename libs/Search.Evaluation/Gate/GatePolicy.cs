namespace Search.Evaluation.Gate;

/// <summary>What a candidate has to show beside production. Differences are on the scale of the measures, 0 to 1.</summary>
public sealed record GatePolicy
{
    /// <summary>Least mean gain of each metric. 0: not worse on average.</summary>
    public double Margin { get; init; }

    /// <summary>How far below 0 the lower end of a gain's interval may lie: what is not known well enough to rule out a loss above this is not good enough.</summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>Loss of one category that is borne. A larger one counts against the candidate if it is no accident, the whole interval below 0.</summary>
    /// <remarks>
    /// Of eight categories with twenty queries each, two equally good models differ in one by this much most of the time; without the second condition the gate would be a coin toss.
    /// </remarks>
    public double CategoryTolerance { get; init; } = 0.02;

    /// <summary>Queries without which a metric is not judged.</summary>
    public int MinQueries { get; init; } = 30;

    /// <summary>Queries without which a category is shown and not held against the candidate.</summary>
    public int MinCategoryQueries { get; init; } = 10;
}
