namespace Search.Embedding;

/// <summary>Where a vector came from.</summary>
internal enum EmbeddingOrigin
{
    /// <summary>Out of the model, now.</summary>
    Computed = 0,

    /// <summary>Out of the model, now, and in the store.</summary>
    ComputedAndStored = 1,

    /// <summary>Out of the store.</summary>
    Stored = 2,

    /// <summary>Remembered from a recent query.</summary>
    Recent = 3,
}
