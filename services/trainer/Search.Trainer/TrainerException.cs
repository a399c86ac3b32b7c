namespace Search.Trainer;

/// <summary>A run cannot go on; the message says why and what to do.</summary>
internal sealed class TrainerException(string message) : Exception(message);
