namespace Search.MetricLearning.Native;

/// <summary>libtorch cannot be loaded on this system and could not be made loadable.</summary>
public sealed class NativeLibraryException(string message, Exception? inner = null) : Exception(message, inner);
