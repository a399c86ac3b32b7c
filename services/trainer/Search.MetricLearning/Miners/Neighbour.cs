namespace Search.MetricLearning.Miners;

/// <summary>A reference as one anchor sees it.</summary>
/// <param name="Reference">Its number in the batch.</param>
/// <param name="Distance">From the anchor.</param>
public readonly record struct Neighbour(int Reference, double Distance);
