namespace Search.Ann.Indexes.Tuning;

/// <summary>What <see cref="EffortTuner"/> is to reach, and how far it may go.</summary>
public sealed record EffortTunerOptions
{
    /// <summary>Recall that the lower end of the measured one's confidence interval is to reach. Above 0, up to 1; default 0.98.</summary>
    public double TargetRecall { get; init; } = 0.98;

    /// <summary>Efforts beyond it are not tried: a bound on what a search may cost. Default: as far as it takes, to a look at every vector.</summary>
    public int MostEffort { get; init; } = int.MaxValue;

    /// <summary>The answer is at most this share above the least effort that will do. Above 0; default 0.05, one more round for each halving.</summary>
    public double Precision { get; init; } = 0.05;

    /// <summary>When it is over, the best so far is the answer: then, and only then, the answer depends on the machine. Default a minute.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        if (TargetRecall is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(TargetRecall), TargetRecall, "A recall to be reached is above 0 and at most 1.");
        if (Precision is not > 0) throw new ArgumentOutOfRangeException(nameof(Precision), Precision, "A precision is a share above 0.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MostEffort, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TimeLimit, TimeSpan.Zero);
    }
}
