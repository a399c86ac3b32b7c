namespace Search.MetricLearning.Data;

/// <summary>How photos are divided into those to train on and those to judge by.</summary>
public sealed record SplitOptions
{
    /// <summary>Share of each category's photos held out, in (0, 1).</summary>
    public double HeldOutShare { get; init; } = 0.2;

    /// <summary>Another seed holds out other pieces.</summary>
    public int Seed { get; init; } = 1;
}
