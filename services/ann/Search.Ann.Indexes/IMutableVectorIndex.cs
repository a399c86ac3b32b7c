namespace Search.Ann.Indexes;

/// <summary>The write face. Writers may be many: they take turns, and each finishes before the next starts.</summary>
public interface IMutableVectorIndex : IVectorIndex
{
    /// <summary>Adds the vector, or replaces the one under this id: a search sees the old or the new one, never none. True when the id is new.</summary>
    /// <exception cref="InvalidVectorException">The vector cannot be stored; it says why, and the index is as it was.</exception>
    bool Upsert(long id, ReadOnlySpan<float> vector);

    /// <summary>Searches that start afterwards never return the id. False when it is unknown.</summary>
    bool Remove(long id);
}
