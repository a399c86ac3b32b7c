namespace Search.MetricLearning.Weights;

/// <summary>A weight file is damaged, of an unknown kind, or does not fit the network.</summary>
public sealed class WeightFormatException(string message, Exception? inner = null) : Exception(message, inner);
