using Search.MetricLearning.Components;

namespace Search.MetricLearning.Regularisers;

/// <summary>Of <see cref="UniformityRegulariser"/>.</summary>
public sealed record UniformityParameters : IComponentParameters
{
    /// <summary>t, above 0: how local the repulsion is. 2 is the paper's.</summary>
    public double Sharpness { get; init; } = 2;

    public IEnumerable<string> Errors()
    {
        if (!(Sharpness > 0 && double.IsFinite(Sharpness)))
            yield return $"sharpness is {Sharpness}, not above 0";
    }
}
