namespace Search.Ann.Indexes;

/// <summary>What keeps a vector from being stored or compared.</summary>
public enum VectorDefect
{
    /// <summary>Not as many components as the index's vectors have.</summary>
    WrongDimension = 0,

    /// <summary>A component is NaN or infinite.</summary>
    NotFinite = 1,

    /// <summary>Length zero, which has no direction, under cosine.</summary>
    ZeroLength = 2,

    /// <summary>So long that scores could overflow float32 (squared length above <see cref="float.MaxValue"/> / 4).</summary>
    TooLong = 3,

    /// <summary>Another length than 1 where a unit vector is asked for. Indexes rescale instead; collections of embeddings do not.</summary>
    NotUnitLength = 4,
}

/// <summary>A vector that an index can neither store nor compare.</summary>
public sealed class InvalidVectorException : ArgumentException
{
    /// <summary>A defect, and a message that says where it is.</summary>
    public InvalidVectorException(VectorDefect defect, string message)
        : base(message) => Defect = defect;

    /// <summary>What is wrong, for programs; the message says it to people.</summary>
    public VectorDefect Defect { get; }
}
