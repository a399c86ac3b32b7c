using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;

namespace Search.MetricLearning.Miners;

/// <summary>Of <see cref="SemiHardMiner"/>.</summary>
public sealed record SemiHardParameters : IComponentParameters
{
    /// <summary>m, above 0, in the unit of the distance: usually the loss's own margin.</summary>
    public double Margin { get; init; } = 1;

    /// <summary>Name of the <see cref="EmbeddingDistance"/>, usually the loss's own.</summary>
    public string Distance { get; init; } = "euclidean";

    public IEnumerable<string> Errors()
    {
        if (!(Margin > 0 && double.IsFinite(Margin)))
            yield return $"margin is {Margin}, not above 0";
        if (!DistanceCatalogue.Default.TryGet(Distance, out _))
            yield return DistanceCatalogue.Default.Unknown(Distance);
    }
}
