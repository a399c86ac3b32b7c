namespace Search.MetricLearning.Components;

/// <summary>Of components that have nothing to choose.</summary>
public sealed record NoParameters : IComponentParameters
{
    public IEnumerable<string> Errors() => [];
}
