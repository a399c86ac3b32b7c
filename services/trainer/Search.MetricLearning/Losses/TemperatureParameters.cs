using Search.MetricLearning.Components;
using Search.MetricLearning.Reducers;

namespace Search.MetricLearning.Losses;

/// <summary>Of losses that are a softmax over similarities.</summary>
public sealed record TemperatureParameters : IComponentParameters
{
    /// <summary>τ, above 0: similarities are divided by it. Small values care about the hardest pairs only; 0.05 to 0.2 is usual on unit vectors.</summary>
    public double Temperature { get; init; } = 0.1;

    /// <summary>Name of the <see cref="LossReducer"/>.</summary>
    public string Reducer { get; init; } = "mean";

    public IEnumerable<string> Errors()
    {
        if (!(Temperature > 0 && double.IsFinite(Temperature)))
            yield return $"temperature is {Temperature}, not above 0";
        if (!ReducerCatalogue.Default.TryGet(Reducer, out _))
            yield return ReducerCatalogue.Default.Unknown(Reducer);
    }
}
