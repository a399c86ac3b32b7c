namespace Search.Ann.Indexes;

/// <summary>The write face. Writers may be many: they take turns, and each finishes before the next starts.</summary>
public interface IMutableVectorIndex : IVectorIndex
{
    /// <summary>Adds the vector, or replaces the one under this id: a search sees the old or the new one, never none. True when the id is new.</summary>
    /// <exception cref="InvalidVectorException">The vector cannot be stored; it says why, and the index is as it was.</exception>
    bool Upsert(long id, ReadOnlySpan<float> vector);

    /// <summary>
    /// Upserts many vectors, on several threads where the index knows how to; ids may repeat, and the last one counts. The answers of the index afterwards do
    /// not depend on the number of threads. A search meanwhile sees some of the writes, each whole.
    /// </summary>
    /// <param name="vectors">One row of <see cref="IVectorIndex.Dimension"/> components for each id.</param>
    /// <param name="threads">At least 1; 0 takes one a core.</param>
    /// <exception cref="ArgumentException">Not as many rows as ids.</exception>
    /// <exception cref="InvalidVectorException">A vector cannot be stored; those before it are.</exception>
    void UpsertAll(ReadOnlyMemory<long> ids, ReadOnlyMemory<float> vectors, int threads = 0) => UpsertUntil(ids, vectors, threads, CancellationToken.None);

    /// <summary><see cref="UpsertAll"/> that can be stopped, within some hundred vectors, and gone on with from there.</summary>
    /// <returns>How many of the ids were dealt with, the first ones.</returns>
    /// <exception cref="ArgumentException">Not as many rows as ids.</exception>
    /// <exception cref="InvalidVectorException">A vector cannot be stored; those before it are.</exception>
    int UpsertUntil(ReadOnlyMemory<long> ids, ReadOnlyMemory<float> vectors, int threads, CancellationToken stop)
    {
        BulkShape.Require(ids, vectors, Dimension, threads);
        var done = 0;
        for (; done < ids.Length && !stop.IsCancellationRequested; done++)
            Upsert(ids.Span[done], vectors.Span.Slice(done * Dimension, Dimension));
        return done;
    }

    /// <summary>Searches that start afterwards never return the id. False when it is unknown.</summary>
    bool Remove(long id);

    /// <summary>
    /// Gives back the memory that removed vectors left behind, where the kind of index keeps it for those to come. Searches go on; writes wait.
    /// The answers stay as they are; those to searches with a filter may differ, since what passes is estimated from a sample of the places, and the gaps are gone.
    /// </summary>
    /// <returns>Bytes given back.</returns>
    long Compact() => 0;
}
