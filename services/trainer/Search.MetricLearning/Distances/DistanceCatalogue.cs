using Search.MetricLearning.Components;

namespace Search.MetricLearning.Distances;

/// <summary>The distances a recipe may name.</summary>
public static class DistanceCatalogue
{
    public static Catalogue<EmbeddingDistance> Default { get; } = new("distance",
        new EuclideanDistance(),
        new SquaredEuclideanDistance(),
        new CosineDistance());
}
