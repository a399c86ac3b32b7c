using Search.Ann.Indexes;

namespace Search.Ann.Collections;

/// <summary>A collection whose indexes lie in this process, where they can be looked at, measured and tuned.</summary>
public interface IIndexedCollection
{
    /// <summary>Those that a search asks now. To be searched and described only; the collection's own.</summary>
    IReadOnlyList<IVectorIndex> Indexes { get; }

    /// <summary>What <see cref="KeepEffortsAsync"/> kept last, in this process or one before, for indexes that are still there. Nothing where it cannot be read.</summary>
    IReadOnlyDictionary<IVectorIndex, ChosenEffort> LoadEfforts();

    /// <summary>Keeps the efforts of indexes in <see cref="Indexes"/> with the collection, in place of those kept before.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    Task KeepEffortsAsync(IReadOnlyDictionary<IVectorIndex, ChosenEffort> efforts, CancellationToken cancellation);
}
