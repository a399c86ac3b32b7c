using Search.Contracts;

namespace Search.Ann.Collections;

/// <summary>An operation with vectors of one model on the collection of another.</summary>
public sealed class WrongModelException(EmbeddingModelId expected, EmbeddingModelId actual)
    : InvalidOperationException($"The collection holds vectors of '{expected}' and takes none of '{actual}': vectors of two models cannot be compared.")
{
    public EmbeddingModelId Expected { get; } = expected;

    public EmbeddingModelId Actual { get; } = actual;
}
