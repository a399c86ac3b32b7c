namespace Search.MetricLearning.Training;

/// <summary>What one loss or regulariser of a recipe adds to the sum in one step.</summary>
/// <param name="Name">Its name, for a loss with its labels: <c>triplet/piece</c>.</param>
/// <param name="Value">With its weight.</param>
public sealed record TermLoss(string Name, double Value);
