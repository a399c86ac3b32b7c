using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;
using Search.MetricLearning.Reducers;

namespace Search.MetricLearning.Losses;

/// <summary>A loss over pairs that wants positives nearer than negatives by a margin. This base has the margin and what it is measured in.</summary>
public abstract class MarginLoss : PairLoss
{
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    protected MarginLoss(string name, MarginParameters parameters) : base(name, ReducerCatalogue.Default[parameters.Reducer])
    {
        ((IComponentParameters)parameters).Require();
        Margin = parameters.Margin;
        Distance = DistanceCatalogue.Default[parameters.Distance];
    }

    /// <summary>In the unit of the distance, above 0.</summary>
    protected double Margin { get; }

    protected EmbeddingDistance Distance { get; }
}
