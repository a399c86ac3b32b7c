using Search.MetricLearning.Components;
using Search.MetricLearning.Regularisers;

namespace Search.MetricLearning.Training;

/// <summary>One regulariser of a recipe, e.g. <c>{"name": "uniformity", "weight": 0.1}</c>.</summary>
public sealed record RegulariserTermOptions : ComponentOptions
{
    /// <summary>Factor in the sum of all terms, above 0.</summary>
    public double Weight { get; init; } = 0.1;

    internal void AddErrors(string where, List<string> errors)
    {
        if (!(Weight > 0 && double.IsFinite(Weight)))
            errors.Add($"{where}: weight is {Weight}, not above 0");
        if (RegulariserCatalogue.Default.TryGet(Name, out var kind))
            kind.AddErrors(this, where, errors);
        else
            errors.Add($"{where}: {RegulariserCatalogue.Default.Unknown(Name)}");
    }
}
