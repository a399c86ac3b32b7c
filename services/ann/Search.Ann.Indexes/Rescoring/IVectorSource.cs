namespace Search.Ann.Indexes.Rescoring;

/// <summary>Vectors by id, to score candidates exactly with: in memory, in a mapped file, or wherever else. May be read from any number of threads.</summary>
public interface IVectorSource : IDisposable
{
    /// <summary>Components of every vector.</summary>
    int Dimension { get; }

    /// <summary>Number of ids.</summary>
    int Count { get; }

    /// <summary>Bytes of the vectors and of what finds them.</summary>
    long Bytes { get; }

    /// <summary>Whether they lie in a mapped file, which the system reads and drops as it likes.</summary>
    bool IsMapped { get; }

    /// <summary>The vector as an index stores it: at unit length under cosine. False for an unknown id.</summary>
    /// <param name="vector">Of <see cref="Dimension"/> components. Readable as long as the source is reachable and not disposed of.</param>
    bool TryGet(long id, out ReadOnlySpan<float> vector);
}
