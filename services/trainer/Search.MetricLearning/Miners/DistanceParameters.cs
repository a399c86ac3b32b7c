using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;

namespace Search.MetricLearning.Miners;

/// <summary>Of miners that only compare distances.</summary>
public sealed record DistanceParameters : IComponentParameters
{
    /// <summary>Name of the <see cref="EmbeddingDistance"/>. On unit vectors all of them choose alike.</summary>
    public string Distance { get; init; } = "euclidean";

    public IEnumerable<string> Errors()
    {
        if (!DistanceCatalogue.Default.TryGet(Distance, out _))
            yield return DistanceCatalogue.Default.Unknown(Distance);
    }
}
