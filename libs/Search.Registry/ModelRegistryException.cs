namespace Search.Registry;

/// <summary>The registry can't do what was asked; the message says why and what to do.</summary>
public sealed class ModelRegistryException(string message, Exception? inner = null) : Exception(message, inner);
