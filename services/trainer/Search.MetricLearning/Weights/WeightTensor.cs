namespace Search.MetricLearning.Weights;

/// <summary>One named array of a weight file: its shape and its float32 values in row-major order.</summary>
public sealed record WeightTensor(IReadOnlyList<long> Shape, float[] Values);
