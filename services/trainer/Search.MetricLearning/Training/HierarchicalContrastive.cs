using System.Text.Json;
using Search.MetricLearning.Data;
using Search.MetricLearning.Losses;

namespace Search.MetricLearning.Training;

/// <summary>
/// The losses of a recipe that names none: two supervised contrastive terms on one batch. Pieces of one category attract each other, and
/// views of one piece attract each other more than other pieces of the category do. Without the second term the categories collapse to
/// points, which scores well on category precision and is useless for finding the same or a similar piece.
/// </summary>
internal static class HierarchicalContrastive
{
    public static IReadOnlyList<LossTermOptions> Terms(double categoryTemperature, double instanceTemperature, double instanceWeight) =>
    [
        Term(PhotoLabels.Category, categoryTemperature, 1 - instanceWeight),
        Term(PhotoLabels.Piece, instanceTemperature, instanceWeight),
    ];

    private static LossTermOptions Term(string labels, double temperature, double weight) => new()
    {
        Name = SupervisedContrastiveLoss.LossName,
        Labels = labels,
        Weight = weight,
        Parameters = new Dictionary<string, JsonElement> { ["temperature"] = JsonSerializer.SerializeToElement(temperature) },
    };
}
