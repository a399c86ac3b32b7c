using Search.MetricLearning.Components;

namespace Search.MetricLearning.Losses;

/// <summary>Of <see cref="ArcFaceLoss"/>.</summary>
public sealed record ArcFaceParameters : IComponentParameters
{
    /// <summary>m, radians, 0 to below π/2: how much nearer than any other a row must be to its own class.</summary>
    public double Margin { get; init; } = 0.5;

    /// <summary>s, above 0: the cosines are multiplied by it before the softmax.</summary>
    public double Scale { get; init; } = 64;

    public IEnumerable<string> Errors()
    {
        if (!(Margin is >= 0 and < Math.PI / 2))
            yield return $"margin is {Margin}, not 0 to below π/2";
        if (!(Scale > 0 && double.IsFinite(Scale)))
            yield return $"scale is {Scale}, not above 0";
    }
}
