using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;
using Search.MetricLearning.Reducers;

namespace Search.MetricLearning.Losses;

/// <summary>Of losses that want positives nearer than negatives by a margin.</summary>
public sealed record MarginParameters : IComponentParameters
{
    /// <summary>In the unit of the distance, above 0. Euclidean distances of unit vectors end at 2.</summary>
    public double Margin { get; init; } = 1;

    /// <summary>Name of the <see cref="EmbeddingDistance"/>.</summary>
    public string Distance { get; init; } = "euclidean";

    /// <summary>Name of the <see cref="LossReducer"/>.</summary>
    public string Reducer { get; init; } = "mean";

    public IEnumerable<string> Errors()
    {
        if (!(Margin > 0 && double.IsFinite(Margin)))
            yield return $"margin is {Margin}, not above 0";
        if (!DistanceCatalogue.Default.TryGet(Distance, out _))
            yield return DistanceCatalogue.Default.Unknown(Distance);
        if (!ReducerCatalogue.Default.TryGet(Reducer, out _))
            yield return ReducerCatalogue.Default.Unknown(Reducer);
    }
}
