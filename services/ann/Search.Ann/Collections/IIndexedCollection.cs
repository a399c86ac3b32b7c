using Search.Ann.Indexes;

namespace Search.Ann.Collections;

/// <summary>A collection whose indexes lie in this process, where they can be looked at, measured and tuned.</summary>
public interface IIndexedCollection
{
    /// <summary>Those that a search asks now. To be searched and described only; the collection's own.</summary>
    IReadOnlyList<IVectorIndex> Indexes { get; }
}
