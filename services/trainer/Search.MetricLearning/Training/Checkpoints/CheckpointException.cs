namespace Search.MetricLearning.Training.Checkpoints;

/// <summary>A run cannot go on from its checkpoint; the message says why.</summary>
public sealed class CheckpointException(string message) : Exception(message);
