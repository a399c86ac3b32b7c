using Search.MetricLearning.Components;

namespace Search.MetricLearning.Reducers;

/// <summary>The reducers a recipe may name.</summary>
public static class ReducerCatalogue
{
    public static Catalogue<LossReducer> Default { get; } = new("reducer",
        new MeanReducer(),
        new NonZeroMeanReducer(),
        new SumReducer());
}
